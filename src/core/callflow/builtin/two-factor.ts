/** The two-factor MicroApp as `eject` writes it; `callflows/two-factor.yaml` is the same, held by a test. */
export const TWO_FACTOR = `# yaml-language-server: $schema=../schema/callflow.schema.json
# The two-factor authentication MicroApp: offers the caller's verified contact methods, sends a code and checks it.
callflow: two-factor
title: Two-factor authentication
start: greet
inputs: [AccountNumber, CustomerEmail, CustomerPhone]   # variables a linking callflow or the start request hands in
account: AccountNumber                                  # whose failures are counted

settings:
  customer-email-variable: CustomerEmail        # "Variable Name for Customer Email Address"
  customer-phone-variable: CustomerPhone        # "Variable Name for Customer Phone Number"
  methods: [email, sms, voice, authenticator]   # the order callers hear them in, of those the service lists for this caller
  no-method: agent                              # "Behaviour if No Verified Contact Method Available"
  skip: already-verified                        # "Skip Options": already-verified | never
  code:
    made-by: internal                           # internal | external
    digits: 6
    lasts: 5m                                   # "Internal Code Expiration Time"
    authenticator-name: Google Authenticator    # "Prompt Wording"
    after-wrong-code: ask-again                 # ask-again | new-code
  limits:                                       # how many, and the path once they are used up
    sends:             { most: 3, then: agent } # "Maximum Attempts at Sending ..." / "Behaviour After Exceeding ..."
    attempts-per-code: { most: 3, then: agent } # "Maximum Attempts at Verifying ..." / "Behaviour After Exceeding ..."
    wrong-keys:        { most: 3, then: agent }
    silences:          { most: 3, then: agent }
    locked:            { then: agent }          # the account's own lock
  spacing: 20s
  wait: 8s
  zero-is: agent
  messages:
    email: { from: security@example.com, subject: Your security code }
    sms:   { from: "+12025550100" }

services:
  contact-methods:
    test: "\${CONTACT_METHODS_TEST_URL}"
    production: "\${CONTACT_METHODS_URL}"
    timeout: 3s
    send: [AccountNumber]
  send-code:                                    # these two are asked under \`made-by: external\`
    test: "\${SEND_CODE_TEST_URL}"
    production: "\${SEND_CODE_URL}"
    timeout: 3s
    send: [AccountNumber]
  verify-code:
    test: "\${VERIFY_CODE_TEST_URL}"
    production: "\${VERIFY_CODE_URL}"
    timeout: 3s
    send: [AccountNumber]

exits:
  success: { returns: success }                 # reserved: means verified
  agent:   { say: transferring, dial: "\${AGENT_NUMBER}" }
  error:   { say: technical-problem, dial: "\${AGENT_NUMBER}" }

blocks:
  greet:
    say: greeting
    next: find-methods

  find-methods:
    find-methods: contact-methods
    paths: { found: choose-method, failed: error }       # none, locked: from settings

  choose-method:                     # one verified method: no question is asked
    choose-method: choose-method
    next: send

  send:
    send-code: chosen
    paths:
      sent: enter-code
      nothing-to-send: enter-code    # authenticator
      failed: not-delivered          # or apart: unreachable, rejected, error

  not-delivered:                     # a key press: no send repeats on its own
    menu: could-not-send
    keys: { 1: send, 2: choose-method }

  enter-code:
    collect: enter-code
    digits: code                     # follows settings.code.digits
    save-as: authCode                # sets authCode, authCode_nbest1 ...
    star: more-options
    next: check

  check:
    verify-code: authCode
    paths:
      right: thank-you
      wrong: wrong-code
      finished: new-code             # expired, or wrong under after-wrong-code: new-code
      error: error

  wrong-code:
    collect: wrong-code
    digits: code
    save-as: authCode
    star: more-options
    next: check

  new-code: { say: new-code, next: send }

  more-options:
    menu: more-options               # "another way" is not offered when there is one method
    keys: { 1: more-time, 2: send, 3: choose-method }

  more-time:
    collect: take-your-time
    digits: code
    save-as: authCode
    wait: 45s
    star: more-options
    next: check

  thank-you: { say: verified, next: success }
`;
