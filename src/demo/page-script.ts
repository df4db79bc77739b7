/** The page's script: shows the inbox as it fills, and what the authenticator shows. It writes text only, never markup, since messages come from outside. */
export const PAGE_SCRIPT = `
const list = document.getElementById('inbox');
const state = document.getElementById('inbox-state');
const SHOWN = 30;
let last = '';

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function card(message) {
  const at = new Date(message.at);
  const time = element('time', '', at.toLocaleTimeString());
  time.dateTime = at.toISOString();
  const head = element('p', 'message-head', '');
  head.append(element('span', 'tag', message.method === 'email' ? 'Email' : 'Text message'), element('span', 'to', message.to), time);
  const item = element('li', 'message', '');
  item.append(head);
  if (message.code) {
    const code = element('p', 'message-code', '');
    code.append(element('span', 'quiet', 'Code '), element('code', '', message.code));
    item.append(code);
  }
  if (message.subject) item.append(element('p', 'subject', message.subject));
  item.append(element('p', 'text', message.text));
  return item;
}

function say(text) {
  if (state.textContent !== text) state.textContent = text;
}

function show(messages) {
  list.replaceChildren(...messages.slice(0, SHOWN).map(card));
  const more = messages.length > SHOWN ? ', the newest ' + SHOWN + ' are shown' : '';
  const count = messages.length === 1 ? '1 message' : messages.length + ' messages';
  say(messages.length === 0 ? 'No message yet. Make a call, and its code appears here.' : count + more + '.');
}

async function poll() {
  try {
    const answer = await fetch('/demo/api/inbox', { signal: AbortSignal.timeout(5000) });
    if (!answer.ok) throw new Error(String(answer.status));
    const text = await answer.text();
    if (text !== last) show(JSON.parse(text).messages);
    last = text;
  } catch {
    last = '';
    say('The server does not answer. Start it with npm start; this page goes on by itself.');
  }
  setTimeout(poll, 1000);
}

poll();

const application = document.getElementById('application');

async function look() {
  try {
    const answer = await fetch('/demo/api/authenticator', { signal: AbortSignal.timeout(5000) });
    const shown = answer.ok ? await answer.json() : { code: 'nothing: it was revoked' };
    application.textContent = shown.code ?? 'nothing until ' + new Date(shown.from).toLocaleTimeString();
  } catch {
    application.textContent = '...';
  }
  setTimeout(look, 1000);
}

if (application) look();

const copy = document.getElementById('copy');
copy.addEventListener('click', async () => {
  await navigator.clipboard.writeText(document.getElementById('command').textContent);
  copy.textContent = 'Copied';
  setTimeout(() => { copy.textContent = 'Copy'; }, 2000);
});
`;
