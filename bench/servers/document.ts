/** One reply for every turn, as long as a usual one. */
export const DOCUMENT =
  '<?xml version="1.0" encoding="UTF-8"?><Response><Gather input="dtmf" numDigits="1" timeout="8" action="/voice/line" method="POST"><Say language="en-US">How can we help you? For our opening hours, press 1. For an order, press 2. To end this call, press 3. For our address, press 4.</Say></Gather><Redirect method="POST">/voice/line</Redirect></Response>';
