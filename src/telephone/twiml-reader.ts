/**
 * TwiML to verbs, strictly: only what Twilio, SignalWire, Telnyx and Somleng share is understood, so that a document
 * which one of them would refuse or read otherwise is found out here.
 */
import type { DialTarget, Gather, SpeechPart, Spoken, Utterance, Verb } from '../core/call/verbs.ts';
import { DialproofError } from '../core/errors.ts';
import { readXml, type XmlNode } from './xml-tree.ts';

/** Platforms refuse longer documents (Twilio's error 11750). */
const MOST_BYTES = 64 * 1024;
/** What platforms speak when a Say names no language. */
const LANGUAGE = 'en-US';
const INPUTS: readonly string[] = ['dtmf', 'dtmf speech', 'speech'];

/**
 * Reads a reply of the server. Names of prompts are not in TwiML: they are empty. What a recording says stands in the
 * comment before its Play.
 * @throws DialproofError `twiml-invalid`
 */
export function readTwiml(text: string): readonly Verb[] {
  if (Buffer.byteLength(text) > MOST_BYTES) throw invalid('The reply is longer than 64 kB.');
  let root: XmlNode;
  try {
    root = readXml(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
    throw invalid(`The reply is not well-formed XML: ${reason}.`, error);
  }
  if (root.name !== 'Response') throw invalid(`The reply's root is <${root.name}>, not <Response>.`);
  allow(root, []);
  return elements(root).map(readVerb);
}

function readVerb(node: XmlNode): Verb {
  switch (node.name) {
    case 'Gather':
      return readGather(node);
    case 'Redirect':
      allow(node, ['method']);
      return { verb: 'redirect', url: absolute(node, textOf(node)) };
    case 'Dial':
      allow(node, ['action', 'method']);
      return {
        verb: 'dial',
        to: readTarget(node),
        ...(node.attributes['action'] === undefined ? {} : { action: absolute(node, node.attributes['action']) }),
      };
    case 'Enqueue':
      allow(node, ['action', 'method']);
      return { verb: 'enqueue', queue: textOf(node), action: absolute(node, required(node, 'action')) };
    case 'Hangup':
      allow(node, []);
      nothingInside(node);
      return { verb: 'hangup' };
    default:
      return readSpoken(node);
  }
}

function readGather(node: XmlNode): Gather {
  allow(node, ['action', 'method', 'input', 'numDigits', 'timeout', 'finishOnKey', 'language', 'speechTimeout']);
  const { input = 'dtmf', numDigits, timeout = '5', finishOnKey = '#', language = LANGUAGE } = node.attributes;
  if (!INPUTS.includes(input)) throw invalid(`<Gather input="${input}"> is none of ${INPUTS.join(', ')}.`);
  wholeNumber('<Gather speechTimeout>', node.attributes['speechTimeout'] ?? '1', 1);
  if (finishOnKey !== '#' && finishOnKey !== '') {
    throw invalid(`<Gather finishOnKey="${finishOnKey}"> is neither "#" nor empty.`);
  }
  return {
    verb: 'gather',
    action: absolute(node, required(node, 'action')),
    timeout: wholeNumber('<Gather timeout>', timeout, 1),
    finishOnKey,
    spoken: elements(node).map(readSpoken),
    ...(numDigits === undefined ? {} : { numDigits: wholeNumber('<Gather numDigits>', numDigits, 1) }),
    ...(input === 'dtmf' ? {} : { speech: { language, only: input === 'speech' } }),
  };
}

function readSpoken(node: XmlNode): Spoken {
  switch (node.name) {
    case 'Say':
      return { verb: 'say', utterance: readSay(node) };
    case 'Play': {
      allow(node, []);
      const parts: SpeechPart[] = node.comment === undefined ? [] : [{ kind: 'text', text: node.comment }];
      return { verb: 'play', url: absolute(node, textOf(node)), utterance: { prompt: '', parts, language: LANGUAGE } };
    }
    case 'Pause':
      allow(node, ['length']);
      nothingInside(node);
      return { verb: 'pause', seconds: wholeNumber('<Pause length>', node.attributes['length'] ?? '1', 1) };
    default:
      throw invalid(`<${node.name}> is not understood here.`);
  }
}

function readSay(node: XmlNode): Utterance {
  allow(node, ['voice', 'language']);
  const { voice, language = LANGUAGE } = node.attributes;
  return { prompt: '', parts: node.children.map(readPart), language, ...(voice === undefined ? {} : { voice }) };
}

function readPart(child: XmlNode | string): SpeechPart {
  if (typeof child === 'string') return { kind: 'text', text: child };
  switch (child.name) {
    case 'say-as':
      return readSayAs(child);
    case 'break':
      allow(child, ['time']);
      nothingInside(child);
      return { kind: 'pause', ms: milliseconds(required(child, 'time')) };
    case 'prosody': {
      allow(child, ['rate']);
      const rate = required(child, 'rate');
      if (rate !== 'slow') throw invalid(`<prosody rate="${rate}"> is not "slow".`);
      return { kind: 'slow', parts: child.children.map(readPart) };
    }
    default:
      throw invalid(`<${child.name}> is not understood inside <Say>.`);
  }
}

function readSayAs(node: XmlNode): SpeechPart {
  allow(node, ['interpret-as']);
  const how = required(node, 'interpret-as');
  if (how === 'digits') return { kind: 'digits', text: textOf(node) };
  if (how === 'characters' || how === 'spell-out') return { kind: 'spell', text: textOf(node) };
  throw invalid(`<say-as interpret-as="${how}"> is none of digits, characters and spell-out.`);
}

function readTarget(node: XmlNode): DialTarget {
  const [target, ...others] = elements(node);
  if (target === undefined || others.length > 0) throw invalid('<Dial> needs exactly one <Number> or <Sip>.');
  allow(target, []);
  if (target.name === 'Number') return { kind: 'number', number: textOf(target) };
  if (target.name !== 'Sip') throw invalid(`<${target.name}> is not understood inside <Dial>.`);
  // SIP headers travel as the URI's query.
  const [uri = '', query = ''] = textOf(target).split('?', 2);
  return { kind: 'sip', uri, headers: Object.fromEntries(new URLSearchParams(query)) };
}

function elements(node: XmlNode): readonly XmlNode[] {
  return node.children.filter((child) => {
    if (typeof child === 'string' && child.trim() !== '')
      throw invalid(`<${node.name}> holds text outside of any verb.`);
    return typeof child !== 'string';
  });
}

function textOf(node: XmlNode): string {
  const text = node.children
    .map((child) => {
      if (typeof child === 'string') return child;
      throw invalid(`<${child.name}> is not understood inside <${node.name}>.`);
    })
    .join('')
    .trim();
  if (text === '') throw invalid(`<${node.name}> is empty.`);
  return text;
}

function nothingInside(node: XmlNode): void {
  if (node.children.length > 0) throw invalid(`<${node.name}> must be empty.`);
}

function allow(node: XmlNode, names: readonly string[]): void {
  for (const [name, value] of Object.entries(node.attributes)) {
    if (!names.includes(name))
      throw invalid(`<${node.name}> has an attribute "${name}", which not every platform knows.`);
    if (name === 'method' && value !== 'POST') throw invalid(`<${node.name} method="${value}"> is not "POST".`);
  }
}

function required(node: XmlNode, name: string): string {
  const value = node.attributes[name];
  if (value === undefined) throw invalid(`<${node.name}> has no attribute "${name}".`);
  return value;
}

function absolute(node: XmlNode, url: string): string {
  if (!/^https?:\/\/[^/]/.test(url)) throw invalid(`The URL of <${node.name}> is not absolute.`);
  return url;
}

function wholeNumber(what: string, text: string, least: number): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) < least)
    throw invalid(`${what} is "${text}", not a whole number from ${least} on.`);
  return Number(text);
}

function milliseconds(time: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(time);
  if (match === null) throw invalid(`<break time="${time}"> is not a time such as "1s" or "500ms".`);
  return Number(match[1]) * (match[2] === 's' ? 1000 : 1);
}

function invalid(message: string, cause?: unknown): DialproofError {
  return new DialproofError('twiml-invalid', message, {
    fix: 'A server must answer with the TwiML that all voice platforms share; this is a fault of the server that answered.',
    ...(cause === undefined ? {} : { cause }),
  });
}
