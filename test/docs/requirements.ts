/** A rule of the reference documents (G, E, L), or what we decided where they are silent (D). */
export interface Requirement {
  /** In a few words of ours. */
  readonly rule: string;
  /** Files and folders; none where nothing is built. */
  readonly built?: readonly string[];
  /** Why no test can prove it: one sentence. */
  readonly reason?: string;
}

/** What later work brings, by that work: who builds a rule takes its id out of here and says below where it is built. */
export const NOT_BUILT_YET: Readonly<Record<string, string>> = {};

const HUB = "The hub is the vendor's: our own codes stand in its place (D17).";
const API = "It is the vendor's API, whose send and verify requests are not public (D17).";
const PLATFORM = "It is the signing-in platform's own business: Dialproof is what such a node calls.";

const ENDPOINT = ['src/server/sign-in/endpoint.ts'];
const ASKED = ['src/server/sign-in/request-fields.ts', 'src/server/sign-in/browser.ts'];
const SIGN_INS = ['src/app/sign-in/sign-ins.ts'];

const CHOICE = ['src/core/blocks/choose-method.ts'];
const LOOK_UP = ['src/app/tasks/find-methods.ts'];
const DOCUMENT = ['src/core/verification/contact-methods.ts'];
const SEND = ['src/app/tasks/send-code.ts'];
const VERIFY = ['src/app/tasks/verify-code.ts'];
const EMAIL = ['src/adapters/delivery/email.ts'];
const GATEWAY = ['src/adapters/delivery/sms-gateway.ts'];
const SETTINGS = ['src/core/settings.ts'];
const SIGN_IN = ['src/core/sign-in/decide.ts'];
const SERVICES = ['src/core/callflow/schema.ts'];
const SKIP = ['src/core/call/standing.ts'];
const ADDRESSES = ['src/core/blocks/service-request.ts'];
const LIFE = ['src/core/verification/code.ts', 'src/adapters/stores/sql'];
const MODULE = ['callflows/two-factor.yaml'];
const INTERNAL = ['src/adapters/codes/internal.ts'];
const DOCUMENTS = ['src/core/call/document-variables.ts'];
const NODES = ['callflows/otp-nodes.yaml'];
const NODE_SETTINGS = ['src/core/otp-nodes.ts'];
const OUTCOMES = ['src/core/blocks'];
const EXTERNAL = ['src/adapters/codes/external.ts'];

export const REQUIREMENTS: Readonly<Record<string, Requirement>> = {
  G1: {
    rule: 'An extra layer of security for a self-service application.',
    built: MODULE,
    reason: 'It is the purpose, and all the other rules are what it takes.',
  },
  G2: { rule: 'An account number first, as identification; then a code.', built: ['callflows/main.yaml'] },
  G3: {
    rule: 'Codes come by email, by SMS, or out of an external authenticator application.',
    built: ['src/adapters/codes', 'src/adapters/delivery'],
  },
  G4: {
    rule: 'Two types: internal (we make and deliver the code) and external (systems of the customer).',
    built: ['src/adapters/codes'],
  },
  G5: { rule: 'A code goes to a verified email address or phone number only.', built: LOOK_UP },
  G6: { rule: 'More than one verified method: the caller is asked to choose, a key for each.', built: CHOICE },
  G7: { rule: 'One verified method: no question, the code is sent.', built: CHOICE },
  G8: { rule: 'The caller answers that question.', built: CHOICE },
  G9: { rule: 'The code is made and delivered by the chosen method.', built: SEND },
  G10: { rule: 'The caller is asked to enter the code.', built: MODULE },
  G11: { rule: 'Two checks: the code, and its timestamp.', built: [...VERIFY, ...LIFE] },
  G12: { rule: 'Both valid: access is granted.', built: VERIFY },
  G13: { rule: 'One of them invalid: another code is made, sent and asked for, until the send limit.', built: VERIFY },
  G14: { rule: "`Email.SMTP.Host`: the customer's SMTP server.", built: EMAIL },
  G15: { rule: '`Email.SMTP.Port`: its port.', built: EMAIL },
  G16: { rule: '`SMS.Method`: the request that the gateway wants, e.g. POST.', built: GATEWAY },
  G17: { rule: '`SMS.URL`: the address of the gateway.', built: GATEWAY },
  G18: {
    rule: '`SMS.RequestHeaders`: `"Name1:Value1","Name2:Value2"`, or blank.',
    built: ['src/adapters/delivery/request-headers.ts'],
  },
  G19: {
    rule: '`SMS.RequestBody`: whatever the gateway needs, or blank.',
    built: ['src/adapters/delivery/sms-template.ts'],
  },
  G20: { rule: '`SMS.Timeout`: milliseconds until the gateway counts as failed.', built: GATEWAY },
  G21: { rule: '`SMS.PlusSymbolBeforeRecipientNumber`: whether the number is written with `+`.', built: GATEWAY },
  G22: {
    rule: 'External: making and checking codes is handed over, and the send service is skipped.',
    built: EXTERNAL,
  },
  G23: {
    rule: 'External, several methods: the caller chooses; the spoken name of the authenticator is a setting.',
    built: EXTERNAL,
  },
  G24: { rule: 'External, one method: no question.', built: EXTERNAL },
  G25: { rule: 'External: the caller answers the question.', built: EXTERNAL },
  G26: { rule: 'External: the caller gets the code from the application and enters it.', built: EXTERNAL },
  G27: { rule: 'External: the other application is asked whether the code is valid.', built: EXTERNAL },
  G28: { rule: 'External: it answers with the result.', built: EXTERNAL },
  G29: { rule: 'External: success grants access.', built: EXTERNAL },
  G30: { rule: 'External: anything else asks for another code, until the send limit.', built: EXTERNAL },
  G31: {
    rule: "Web services find contact methods, send codes and check them; a wrapper of the customer's will do.",
    built: ['src/adapters/web-service'],
  },
  G32: { rule: 'Check Verified Contact Methods is asked, whoever makes the codes.', built: LOOK_UP },
  G33: { rule: 'It answers `<checkVerifiedContactMethods>` with `<status>` and `<methods>`.', built: DOCUMENT },
  G34: { rule: 'Methods are `<method name="..." value="..."/>`, names in mixed case.', built: DOCUMENT },
  G35: { rule: '`<status>` is `success` or `not found`.', built: DOCUMENT },
  G36: { rule: 'Methods are `email`, `SMS` and `authenticator`.', built: [...LOOK_UP, 'src/core/method.ts'] },
  G37: { rule: '`email` and `SMS` may have a `value`.', built: DOCUMENT },
  G38: { rule: 'A value sets the variable that the settings name.', built: LOOK_UP },
  G39: { rule: 'Without a value the variable is taken as set already.', built: LOOK_UP },
  G40: { rule: 'Send Authentication Code is for external codes only.', built: EXTERNAL },
  G41: { rule: 'It gets `TwoFactorAuthSelectedMethod`: `Email`, `SMS` or `Authenticator`.', built: EXTERNAL },
  G42: { rule: 'It answers `<sendAuthenticationCode>` with `<status>success</status>`.', built: EXTERNAL },
  G43: { rule: 'Its status is `success`, `incorrect code`, or any valid path such as `error`.', built: EXTERNAL },
  G44: { rule: 'Code Authentication is for external codes only.', built: EXTERNAL },
  G45: { rule: 'It gets `authCode_nbest1`, the code that was entered.', built: EXTERNAL },
  G46: { rule: 'It answers `<codeAuthentication>` with `<status>success</status>`.', built: EXTERNAL },
  G47: { rule: 'Its status is `success`, `incorrect code`, or any valid path such as `error`.', built: EXTERNAL },
  G48: { rule: '`Variable Name for Customer Email Address`.', built: SETTINGS },
  G49: { rule: '`Variable Name for Customer Phone Number`.', built: SETTINGS },
  G50: { rule: '`Behaviour if No Verified Contact Method Available`: a path.', built: SETTINGS },
  G51: {
    rule: '`Maximum Attempts at Sending an Authentication Code`: new codes, the first included.',
    built: SETTINGS,
  },
  G52: { rule: '`Behaviour After Exceeding Maximum Code Send Attempts`: a path.', built: SETTINGS },
  G53: { rule: '`Maximum Attempts at Verifying an Authentication Code`: for each code.', built: SETTINGS },
  G54: { rule: '`Behaviour After Exceeding Maximum Code Verification Attempts`: a path.', built: SETTINGS },
  G55: {
    rule: 'Such a path is one of the callflow, or one that the Link block wires.',
    built: ['src/core/blocks/link.ts'],
  },
  G56: { rule: '`Skip Options`: who is verified and comes back, at any point, is not asked again.', built: SKIP },
  G57: { rule: '`Select an option for the code generation`: `Internal` or `External`.', built: SETTINGS },
  G58: { rule: '`Prompt Wording`: the name of the authenticator application (spoken: G23).', built: SETTINGS },
  G59: {
    rule: '`Web Service details`: for each service a URL for test calls and one for production.',
    built: SERVICES,
  },
  G60: { rule: 'External codes have three services.', built: SERVICES },
  G61: {
    rule: '`Web Service Timeout (milliseconds)`: the end of the request (of the code: D7).',
    built: ['src/adapters/web-service/http.ts'],
  },
  G62: {
    rule: '`Number of digits for the Generated Code`: the callflow follows by itself.',
    built: ['src/core/blocks/collect.ts', 'src/adapters/codes/internal.ts'],
  },
  G63: {
    rule: "External: nobody knows the length, so the designer sets `Enter Code`'s own.",
    built: ['src/core/callflow/check/external-digits.ts'],
  },
  G64: { rule: 'Internal: test and production URL of Check Verified Contact Methods only.', built: ADDRESSES },
  G65: { rule: '`Internal Code Expiration Time (minutes)`: then the code is no longer valid.', built: LIFE },
  G66: { rule: "`Email Address 'From'`.", built: EMAIL },
  G67: { rule: '`Email Subject`.', built: [...EMAIL, ...INTERNAL] },
  G68: { rule: "`SMS Number 'From'`.", built: GATEWAY },
  G69: {
    rule: 'Names that stay: `Enter Code`, `authCode`, `agent`, the parameters (G41, G45) and the statuses (G35, G43).',
    built: [...MODULE, 'src/core/call/input.ts'],
  },
  G70: { rule: 'The document states no default for any setting; ours are our own.', built: SETTINGS },

  E1: { rule: 'Controls at sign-in: two factors, the devices in use, the time of day.', built: SIGN_IN },
  E2: { rule: 'A node runs when a user signs in, and its result decides.', built: SIGN_INS },
  E3: { rule: 'The node needs anonymous execute authority.', reason: PLATFORM },
  E4: { rule: 'The account property `Enhanced authentication node` names it.', reason: PLATFORM },
  E5: { rule: '`userLogonReferenceAuthenticate`: who signs in.', built: ASKED },
  E6: { rule: 'A JSON string about the browser, under a name that the document does not give.', built: ASKED },
  E7: { rule: '`fingerprint`: shows that the browser has changed.', built: SIGN_IN },
  E8: { rule: '`userAgent`.', built: ASKED },
  E9: { rule: '`browser`, e.g. "Chrome".', built: ASKED },
  E10: { rule: '`browserVersion`, e.g. "1.2.3".', built: ASKED },
  E11: { rule: '`os`, e.g. "Windows".', built: ASKED },
  E12: { rule: '`mobile`: true or false.', built: ASKED },
  E13: { rule: '`resolution` in pixels, e.g. "1920x1080".', built: ASKED },
  E14: { rule: 'The answer is XML.', built: ENDPOINT },
  E15: { rule: 'Authorised: `errorNumber` 0.', built: ENDPOINT },
  E16: {
    rule: '`ttl`: seconds that API calls may rely on it; 3600 where it is not given.',
    built: ['src/core/sign-in/schema.ts'],
  },
  E17: { rule: 'Not authorised: error number 101.', built: ENDPOINT },
  E18: { rule: 'With 101, `redirect`: the page where the user goes on, for example enters a code.', built: ENDPOINT },
  E19: {
    rule: "The standard product: a second factor by the user's email address.",
    built: ['callflows/web-sign-in.yaml'],
  },
  E20: { rule: 'Authorised is a device.', built: SIGN_IN },
  E21: { rule: 'Two clocks: since the last sign-in, since the last authorisation.', built: SIGN_IN },
  E22: { rule: 'It comes with an installer, as a base for changes.', reason: PLATFORM },
  E23: { rule: 'Access to web services is under it, too.', built: SIGN_INS },
  E24: { rule: "Called from the browser in a user's session: nobody notices.", built: SIGN_INS },
  E25: { rule: 'Called without a browser, for integration: likely to cause problems.', built: SIGN_IN },
  E26: { rule: 'For such users the node makes an exception.', built: SIGN_IN },

  L1: {
    rule: 'A unique random passcode for a short time, by SMS, email or voice.',
    built: ['src/adapters/codes', 'src/adapters/delivery', 'src/app/code-calls.ts'],
  },
  L2: { rule: 'A jar in `WEB-INF/lib`, and a restart.', reason: "It is how the vendor's own nodes are installed." },
  L3: {
    rule: 'Tested with PingAM/ForgeRock 8.0, back to 7.3.',
    reason: "These are versions of the vendor's platform, which Dialproof does not run in.",
  },
  L4: { rule: 'Four nodes: `LexisNexis OTP Selector`, `Sender`, `Collector`, `Decision`.', built: NODES },
  L5: { rule: 'Selector: puts `EMAIL`, `SMS` or `VOICE` into `otp_type_select`.', built: NODE_SETTINGS },
  L6: { rule: 'Selector: one type only, and nobody is asked.', built: CHOICE },
  L7: { rule: 'Selector: `Send Email`, `Send SMS`, `Send Voice`, a button each.', built: NODE_SETTINGS },
  L8: { rule: 'Selector: outcomes `Success` and `Error`.', built: OUTCOMES },
  L9: { rule: 'Sender: asks the DDP hub, by `username` and `otp_type_select`.', reason: HUB },
  L10: { rule: 'Sender: `Org ID`.', reason: HUB },
  L11: { rule: 'Sender: `API Key`.', reason: HUB },
  L12: { rule: 'Sender: `Base URL`, the region.', reason: HUB },
  L13: { rule: 'Sender: `Policy` of the DDP Portal.', reason: HUB },
  L14: { rule: 'Sender: `OTP Length`, 6 to 10.', built: NODE_SETTINGS },
  L15: { rule: 'Sender: `OTP Expire`, 1 to 60 minutes.', built: NODE_SETTINGS },
  L16: { rule: 'Sender: `Email Title`.', built: INTERNAL },
  L17: { rule: 'Sender: `Email Message`.', built: INTERNAL },
  L18: {
    rule: 'Sender: `SMS Message`, at most 160 characters.',
    built: [...GATEWAY, 'src/core/sms-length.ts'],
  },
  L19: { rule: 'Sender: `${OTP}`, `${LineBreak}` and `${ExpirePeriod}` in messages.', built: DOCUMENTS },
  L20: { rule: 'Sender: `Attribute Source`: `User Directory` or `Shared State`.', built: NODE_SETTINGS },
  L21: { rule: 'Sender: `Email Attribute`.', built: NODE_SETTINGS },
  L22: { rule: 'Sender: `SMS Attribute`.', built: NODE_SETTINGS },
  L23: { rule: 'Sender: `Voice Attribute`.', built: NODE_SETTINGS },
  L24: { rule: 'Sender: `Success`: the code is made, which does not mean that it arrived.', built: SEND },
  L25: { rule: 'Sender: `API Error`: too slow, or not there.', built: OUTCOMES },
  L26: { rule: 'Sender: `OTP Fail`: refused; why is in the log only.', built: OUTCOMES },
  L27: { rule: 'Sender: `Error`: wrong configuration, or a bug.', built: OUTCOMES },
  L28: {
    rule: 'Sender 1.0.0: `None Available`, and methods without an attribute hidden; gone since 1.1.0.',
    built: LOOK_UP,
  },
  L29: { rule: 'Collector: the user enters the code, or asks for it again.', built: MODULE },
  L30: { rule: 'Collector: `Message Body`, with `${otpDestination}`.', built: DOCUMENTS },
  L31: { rule: 'Collector: `Help Text`.', built: NODES },
  L32: { rule: 'Collector: `OTP Error Message`.', built: NODES },
  L33: { rule: 'Collector: `OTP Blank Message`.', built: NODES },
  L34: {
    rule: 'Collector: `Submit` leads to Decision, and a wrong or blank code back here with its message.',
    built: OUTCOMES,
  },
  L35: { rule: 'Collector: `Retry`: a new code, from the beginning.', built: OUTCOMES },
  L36: { rule: 'Collector: `Error`.', built: OUTCOMES },
  L37: { rule: 'Decision: checks the code, after Sender and Collector.', built: OUTCOMES },
  L38: { rule: 'Decision: `Org ID`, `API Key`.', reason: HUB },
  L39: { rule: 'Decision: `Pass`: valid.', built: OUTCOMES },
  L40: { rule: 'Decision: `Challenge`: not valid, and tries are left.', built: OUTCOMES },
  L41: { rule: 'Decision: `Review`: blank.', built: OUTCOMES },
  L42: { rule: 'Decision: `Reject`: not valid, for good.', built: OUTCOMES },
  L43: { rule: 'Decision: `Error`.', built: OUTCOMES },
  L44: {
    rule: 'Decision: over 10 characters are a mistake of the user, told kindly.',
    built: ['src/core/blocks/collect.ts'],
  },
  L45: { rule: 'Journey: Selector, Sender, Collector, Decision, and a page for each end.', built: NODES },
  L46: { rule: 'Journey: where each outcome leads.', built: NODES },
  L47: { rule: 'Journey: tried with a username page and an Inner Tree Evaluator (`True`, `False`).', built: NODES },
  L48: {
    rule: 'Outcome ids: `SUCCESS`, `API_ERROR`, `OTP_FAIL`, `ERROR`, `SUBMIT`, `RETRY`, `PASS`, `CHALLENGE`, `REVIEW`, `REJECT`.',
    built: OUTCOMES,
  },
  L49: { rule: '`POST {base}/api/session-query`, with its fields.', reason: API },
  L50: { rule: 'Its answer: `review_status`, where an unknown one counts as `reject`.', reason: API },
  L51: { rule: '`POST {base}/api/update`: `final_review_status`, and tags around the OTP step.', reason: API },
  L52: { rule: 'Thresholds of the policy: -20 rejects, 20 reviews.', reason: API },
  L53: { rule: 'The requests that send and verify an OTP: in no public file.', reason: API },

  D1: {
    rule: 'A wrong code: `after-wrong-code: ask-again` (default) or `new-code`; an expired one is always replaced.',
    built: VERIFY,
  },
  D2: {
    rule: 'External: the send service is called for `Email` and `SMS`; for `Authenticator` if it is set so.',
    built: EXTERNAL,
  },
  D3: {
    rule: 'External: each pass through send-code counts as a send, and opens a challenge without a code.',
    built: EXTERNAL,
  },
  D4: { rule: 'Methods and statuses are read in any case, trimmed, and nothing else is forgiven.', built: DOCUMENT },
  D5: {
    rule: '`incorrect code` belongs to the verify service; from the send service it is a failure.',
    built: EXTERNAL,
  },
  D6: { rule: 'No method that can be used takes `no-method`; a service at fault takes `failed`.', built: LOOK_UP },
  D7: {
    rule: 'The timeout of a web service ends the request; the lifetime of an external code is `lasts`.',
    built: EXTERNAL,
  },
  D8: {
    rule: 'Internal with `authenticator`: TOTP of our own, where the account has a secret.',
    built: ['src/adapters/codes/authenticator.ts', 'src/adapters/stores/sql/authenticators.ts', 'src/cli/enroll.ts'],
  },
  D9: {
    rule: 'Units are always written, and a bare number is told which one was meant.',
    built: ['src/core/duration.ts'],
  },
  D10: {
    rule: 'Every collect gives a list, best first; what is too short or invalid costs no attempt.',
    built: ['src/core/call/input.ts', 'src/core/call/spoken-digits.ts', 'src/core/blocks/collect.ts'],
  },
  D11: { rule: '`skip` holds for the same account in the same call.', built: SKIP },
  D12: { rule: '`star-new-code`: by the same method, or choose again.', built: [...MODULE, ...NODES] },
  D13: { rule: 'Challenge until the verify limit, reject from there on.', built: VERIFY },
  D14: {
    rule: "A callflow declares its exits, a link wires them; one that is not wired is the callflow's own, or an error.",
    built: ['src/core/blocks/link.ts', 'src/core/callflow/check/open-returns.ts'],
  },
  D15: {
    rule: 'A code is dead when its time is over, used, replaced, tried too often, or the call has ended; our bounds hold.',
    built: [...LIFE, ...SETTINGS],
  },
  D16: {
    rule: 'A call to one of `TEST_NUMBERS` uses test URLs, every other one those of production; none is borrowed.',
    built: [...ADDRESSES, 'src/cli/serve/requirements.ts'],
  },
  D17: {
    rule: "The vendor's hub is not built: our own codes stand in its place, and its settings are told as such.",
    built: NODE_SETTINGS,
  },
};
