import { isExternal } from '../../core/blocks/code-service.ts';
import { askedServices } from '../../core/callflow/asked-services.ts';
import type { Callflow } from '../../core/callflow/callflow.ts';
import type { LoadedLibrary } from '../../core/callflow/library.ts';
import { isDelivered, type DeliveredMethod } from '../../core/method.ts';
import { nonconformances, offeredMethods } from '../../core/settings.ts';
import type { Environment } from '../environment.ts';
import { SENDERS } from './deliveries.ts';

type Flows = Pick<LoadedLibrary, 'flows'>;

/** What production needs and is not there, one sentence each, beginning with its name: the callflows say what they use. */
export function missingForProduction(library: Flows, environment: Environment): readonly string[] {
  const problems = new Map<string, string>();
  const need = needInto(problems);
  need('PUBLIC_URL', environment.PUBLIC_URL, 'signatures and links are made with it');
  need('SECRET_KEY', environment.SECRET_KEY, 'the store is encrypted with it');
  need('TWILIO_AUTH_TOKEN', environment.TWILIO_AUTH_TOKEN, 'webhooks are signed with it');
  needForTwilio(environment, need);
  if (environment.SMS_PROVIDER === 'twilio') needPrivateApi(environment, problems, 'message');
  needForSignIn(environment, problems);
  for (const { callflow } of library.flows) {
    const by = `"${callflow.name}"`;
    if (Object.values(callflow.exits).some((exit) => exit.does === 'dial' && exit.to === ''))
      need('AGENT_NUMBER', environment.AGENT_NUMBER, `${by} dials it`);
    for (const each of exitsWithoutWay(callflow)) problems.set(each, each);
    for (const [name, service] of Object.entries(callflow.services)) {
      if (!askedServices(callflow).has(name)) continue;
      // Without it, what the demo company has is set as well.
      const which = 'NODE_ENV=production npx dialproof check says which setting it is';
      need(`the production address of the service "${name}"`, service.production, `${by} calls it; ${which}`);
      if (environment.TEST_NUMBERS.length > 0)
        need(
          `the test address of the service "${name}"`,
          service.test,
          `TEST_NUMBERS makes some calls test calls of ${by}; ${which}`,
        );
    }
    for (const method of deliveredBy(callflow)) {
      for (const [name, why] of SENDERS[method].needs(environment)) need(name, environment[name], `${by} ${why}`);
      if (method === 'voice') needPrivateApi(environment, problems, 'call');
    }
  }
  return [...problems.values()];
}

/** The methods by which a callflow sends codes of ours. */
function deliveredBy(callflow: Callflow): readonly DeliveredMethod[] {
  const isOurs = sendsCodes(callflow) && !isExternal(callflow);
  return isOurs ? offeredMethods(callflow.settings).filter(isDelivered) : [];
}

function sendsCodes({ blocks }: Callflow): boolean {
  return [...blocks.values()].some((block) => block.verb === 'send-code');
}

function needPrivateApi({ TWILIO_API_URL: url }: Environment, problems: Map<string, string>, each: string): void {
  if (problems.has('TWILIO_API_URL') || isPrivateOnItsWay(url)) return;
  problems.set('TWILIO_API_URL', `TWILIO_API_URL is not https, and the auth token goes there with every ${each}`);
}

/** What `SMS_PROVIDER=twilio` needs, in production or not: whoever sets it means it. */
export function missingForTwilio(environment: Environment): readonly string[] {
  const problems = new Map<string, string>();
  needForTwilio(environment, needInto(problems));
  return [...problems.values()];
}

function needForTwilio(environment: Environment, need: Need): void {
  if (environment.SMS_PROVIDER !== 'twilio') return;
  need('TWILIO_ACCOUNT_SID', environment.TWILIO_ACCOUNT_SID, 'SMS_PROVIDER=twilio sends text messages with it');
  need('TWILIO_AUTH_TOKEN', environment.TWILIO_AUTH_TOKEN, 'SMS_PROVIDER=twilio sends text messages with it');
}

/** Whoever sets the platform's key, or its network, means web sign-in. */
function needForSignIn(environment: Environment, problems: Map<string, string>): void {
  const { ENHANCED_AUTHENTICATION_KEY: keys, ENHANCED_AUTHENTICATION_NETWORKS: networks, PUBLIC_URL } = environment;
  if (keys.length + networks.length === 0) return;
  needInto(problems)('RETURN_ORIGINS', environment.RETURN_ORIGINS, 'web sign-ins lead back to one of them');
  if (PUBLIC_URL !== undefined && !isPrivateOnItsWay(PUBLIC_URL))
    problems.set('PUBLIC_URL', 'PUBLIC_URL is not https, and browsers keep the cookies of web sign-ins only there');
}

type Need = (name: string, value: unknown, why: string) => void;

/** Notes what is not set, each name once. */
function needInto(problems: Map<string, string>): Need {
  return (name, value, why) => {
    const isSet = value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0);
    if (!isSet && !problems.has(name)) problems.set(name, `${name} is not set, and ${why}`);
  };
}

/** Exits that lead nowhere, or over the open network in the clear. */
function exitsWithoutWay({ name: callflow, exits }: Callflow): readonly string[] {
  return Object.entries(exits).flatMap(([name, exit]) => {
    const of = `of the exit "${name}" is`;
    if (exit.does === 'queue' && exit.queue === '') return [`the queue ${of} not set, and "${callflow}" waits in it`];
    if (exit.does !== 'redirect' && exit.does !== 'studio-return') return [];
    if (exit.url === '') return [`the address ${of} not set, and "${callflow}" hands calls over to it`];
    return isPrivateOnItsWay(exit.url) ? [] : [`the address ${of} not https, and "${callflow}" hands calls over to it`];
  });
}

/** By https, or to this very machine. */
function isPrivateOnItsWay(address: string): boolean {
  const { protocol, hostname } = new URL(address);
  return (
    protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname)
  );
}

/** What the callflows ask for beyond the bounds, each with its callflow. */
export function beyondBounds(library: Flows): readonly string[] {
  return library.flows.flatMap(({ callflow }) =>
    nonconformances(callflow.settings).map((each) => `"${callflow.name}": ${each}`),
  );
}

/**
 * What `PROFILE=strict` refuses: NIST SP 800-63B-4 3.1.3.1 has no codes by email, and a remembered browser is no
 * authenticator there.
 */
export function refusedByProfile(library: Flows, environment: Environment): readonly string[] {
  if (environment.PROFILE !== 'strict') return [];
  const byEmail = library.flows
    .filter(({ callflow }) => sendsCodes(callflow) && offeredMethods(callflow.settings).includes('email'))
    .map(
      ({ callflow }) => `PROFILE=strict refuses codes by email; take email out of the methods of "${callflow.name}"`,
    );
  const byDevice = library.flows
    .filter(({ callflow: { signIn } }) => signIn !== null && signIn.devices.remembered > 0)
    .map(
      ({ callflow }) =>
        `PROFILE=strict refuses sign-ins without a code; write \`devices: { remembered: 0 }\` under \`sign-in\` in "${callflow.name}"`,
    );
  const both = environment.ALLOW_NONCONFORMANT
    ? ['PROFILE=strict refuses what ALLOW_NONCONFORMANT permits; leave one of them out']
    : [];
  return [...byEmail, ...byDevice, ...both];
}
