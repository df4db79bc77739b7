/** THE list of rules. */
import type { Finding } from '../finding.ts';
import type { Project } from '../project.ts';
import { STAGES, type Found, type Rule } from './rule.ts';
import { account } from './account.ts';
import { audioContent } from './audio-content.ts';
import { audioSize } from './audio-size.ts';
import { behindTheCode } from './behind-the-code.ts';
import { endless, repeatsItself } from './endless.ts';
import { fixedRecordings } from './fixed-recordings.ts';
import { handedSecrets } from './handed-secrets.ts';
import { limitEscape } from './limit-escape.ts';
import { linkCircle } from './link-circle.ts';
import { linkedCallflow } from './linked-callflow.ts';
import { linkedExits } from './linked-exits.ts';
import { missingMessages } from './missing-messages.ts';
import { missingPrompts } from './missing-prompts.ts';
import { oneNameEach } from './one-name-each.ts';
import { oneWebSignIn } from './one-web-sign-in.ts';
import { openReturns } from './open-returns.ts';
import { playableEndings } from './playable-endings.ts';
import { recordingsThere } from './recordings-there.ts';
import { returnsItself } from './returns-itself.ts';
import { spokenCodes } from './spoken-codes.ts';
import { spokenOptions } from './spoken-options.ts';
import { standardPrompts } from './standard-prompts.ts';
import { successProof } from './success-proof.ts';
import { unknownNames } from './unknown-names.ts';
import { unspokenLanguage } from './unspoken-language.ts';
import { englishMenus } from './english-menus.ts';
import { linkedLanguages } from './linked-languages.ts';
import { localeOfFolder } from './locale-of-folder.ts';
import { longTextMessage } from './long-text-message.ts';
import { menuSentence } from './menu-sentence.ts';
import { messageWithoutCode } from './message-without-code.ts';
import { neverSpoken } from './never-spoken.ts';
import { messageNames } from './misspelled-messages.ts';
import { ownerlessPrompts } from './ownerless-prompts.ts';
import { pluralForms } from './plural-forms.ts';
import { spokenCode } from './spoken-code.ts';
import { unknownInFixedTexts, unknownVariables } from './unknown-variables.ts';
import { safeHtml } from './safe-html.ts';
import { untidyTexts } from './untidy-texts.ts';
import { unusedTexts } from './unused-texts.ts';
import { writtenKeys } from './written-keys.ts';
import { unusedRecordings } from './unused-recordings.ts';

import { unreached } from './unreached.ts';
import { unsetVariables } from './unset-variables.ts';
import { unused } from './unused.ts';
import { emptyLimits } from './empty-limits.ts';
import { linkedInputs } from './linked-inputs.ts';
import { linkedAccount } from './linked-account.ts';
import { otherZero } from './other-zero.ts';
import { keyOrder } from './key-order.ts';
import { longMenu } from './long-menu.ts';
import { manyChoices } from './many-choices.ts';
import { unsetNames } from './unset-names.ts';
import { dialled } from './dialled.ts';
import { senders } from './senders.ts';
import { briefCode } from './brief-code.ts';
import { externalDigits } from './external-digits.ts';
import { otpSettings } from './otp-settings.ts';
import { webAccount } from './web-account.ts';
import { webExits } from './web-exits.ts';
import { webKeys } from './web-keys.ts';
import { webLinks } from './web-links.ts';
import { externalServices } from './external-services.ts';
import { serviceAddress } from './service-address.ts';

const RULES: readonly Rule[] = [
  unknownNames,
  oneNameEach,
  returnsItself,
  account,
  webAccount,
  webLinks,
  webExits,
  webKeys,
  externalServices,
  otpSettings,
  linkedCallflow,
  linkedExits,
  openReturns,
  standardPrompts,
  unspokenLanguage,
  missingPrompts,
  missingMessages,
  recordingsThere,
  fixedRecordings,
  playableEndings,
  audioContent,
  audioSize,
  spokenOptions,
  unusedRecordings,
  handedSecrets,
  spokenCodes,
  successProof,
  limitEscape,
  endless,
  repeatsItself,
  linkCircle,

  localeOfFolder,
  ownerlessPrompts,
  messageNames,
  unusedTexts,
  neverSpoken,
  unknownVariables,
  unknownInFixedTexts,
  writtenKeys,
  spokenCode,
  messageWithoutCode,
  longTextMessage,
  linkedLanguages,
  menuSentence,
  englishMenus,
  pluralForms,
  untidyTexts,
  safeHtml,

  unreached,
  unsetVariables,
  unused,
  emptyLimits,
  linkedInputs,
  linkedAccount,
  behindTheCode,
  otherZero,
  keyOrder,
  longMenu,
  manyChoices,
  unsetNames,
  dialled,
  senders,
  briefCode,
  externalDigits,
  serviceAddress,
  oneWebSignIn,
];

/** Everything that is wrong with files that could be read, by file and place. */
export function checkProject(project: Project): readonly Finding[] {
  const findings: Finding[] = [];
  for (const stage of STAGES) {
    const broken = new Set(findings.filter((each) => each.severity === 'error').map((each) => each.at.file));
    if (stage === 'advice' && (broken.size > 0 || !project.complete)) break;
    for (const rule of RULES) if (rule.stage === stage) findings.push(...findingsOf(rule, project, broken));
  }
  return distinct(findings);
}

function findingsOf(rule: Rule, project: Project, broken: ReadonlySet<string>): readonly Finding[] {
  const found: Found[] = [];
  switch (rule.of) {
    case 'callflow':
      for (const file of project.callflows.values())
        if (!broken.has(file.source.file)) found.push(...rule.check(file, project));
      break;
    case 'prompts':
      for (const file of project.prompts) if (!broken.has(file.source.file)) found.push(...rule.check(file, project));
      break;
    case 'project':
      found.push(...rule.check(project));
      break;
  }
  return found.map((each) => ({ code: rule.code, severity: rule.severity, ...each }));
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ code, message, at }) => {
    const key = [code, at.file, at.line, at.column, message].join('\u0000');
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}
