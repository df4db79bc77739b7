import type { Wordings } from '../call/prompts.ts';
import { plainText, readWording, type Wording } from '../call/wording.ts';

/**
 * What pages of a web sign-in say besides what the callflow says, in English. Prompts of the same names, in the prompt
 * files of the callflow or in the standard ones, stand in their place.
 */
const ENGLISH = {
  'page-title': 'Confirm that it is you',
  /** The name of the company, above the title; nobody's unless a prompt says it. */
  'page-brand': '',
  'page-code': 'Your code',
  'page-number': 'Your answer',
  'page-digits': '{digits, plural, one {# digit} other {# digits}}',
  'page-continue': 'Continue',
  'page-remember': 'Remember this device',
  'page-remember-help': 'You will need a code less often. Only do this on a device of your own.',
  'page-hold': 'One moment, please.',
  'page-end': 'You are not signed in',
  'page-again': 'Sign in again',
  'page-expired': 'This page has expired',
  'page-expired-help': 'For your safety it works only for a few minutes, and only once. Please sign in again.',
  'page-other-browser': 'This page belongs to another browser',
  'page-other-browser-help':
    'It works only in the browser that opened it first, which must accept cookies. Please sign in again in this one.',
  'page-outside-hours': 'You cannot sign in at this time',
  'page-outside-hours-help': 'Please come back later.',
  'page-unavailable': 'Something went wrong',
  'page-unavailable-help': 'Sorry, we have a technical problem. Please try again in a few minutes.',
  'page-too-many': 'Too many requests',
  'page-too-many-help': 'Please wait a minute, and then try again.',
} as const;

export type PageText = keyof typeof ENGLISH;

export const PAGE_TEXTS = Object.keys(ENGLISH) as readonly PageText[];

const SPANISH: Readonly<Record<PageText, string>> = {
  'page-title': 'Confirme que es usted',
  'page-brand': '',
  'page-code': 'Su código',
  'page-number': 'Su respuesta',
  'page-digits': '{digits, plural, one {# cifra} other {# cifras}}',
  'page-continue': 'Continuar',
  'page-remember': 'Recordar este dispositivo',
  'page-remember-help': 'Necesitará un código con menos frecuencia. Hágalo solo en un dispositivo suyo.',
  'page-hold': 'Un momento, por favor.',
  'page-end': 'No ha iniciado sesión',
  'page-again': 'Iniciar sesión de nuevo',
  'page-expired': 'Esta página ha caducado',
  'page-expired-help':
    'Por su seguridad, solo funciona durante unos minutos y una sola vez. Inicie sesión de nuevo, por favor.',
  'page-other-browser': 'Esta página es de otro navegador',
  'page-other-browser-help':
    'Solo funciona en el navegador que la abrió primero, que debe aceptar cookies. Inicie sesión de nuevo en este, por favor.',
  'page-outside-hours': 'No puede iniciar sesión a esta hora',
  'page-outside-hours-help': 'Vuelva más tarde, por favor.',
  'page-unavailable': 'Algo ha fallado',
  'page-unavailable-help': 'Lo sentimos, tenemos un problema técnico. Inténtelo de nuevo en unos minutos, por favor.',
  'page-too-many': 'Demasiadas solicitudes',
  'page-too-many-help': 'Espere un minuto, por favor, e inténtelo de nuevo.',
};

/** The texts of a page in one language. */
export interface PageTexts {
  /** BCP 47. */
  readonly language: string;
  text(name: PageText, values?: Readonly<Record<string, number>>): string;
}

/** Those that go with the wording of a callflow, ours in a language that we speak, else the English ones. */
export function pageTexts(wordings: Pick<Wordings, 'locale' | 'prompts'>): PageTexts {
  const { locale, prompts } = wordings;
  return {
    language: locale,
    text: (name, values = {}) => plainText((prompts.get(name) ?? builtIn(name, locale)).speak(values)),
  };
}

/** What a prompt of a page may name; no prompt of another place has such a value. */
export function valuesOfPage(prompt: string): readonly string[] {
  return prompt === 'page-digits' ? ['digits'] : [];
}

/** Whether pages have words of ours in a language; another one needs prompts of its own. */
export function speaksPages(locale: string): boolean {
  return /^(?:en|es)(?:-|$)/i.test(locale);
}

function builtIn(name: PageText, locale: string): Wording {
  return /^es(?:-|$)/i.test(locale) ? readWording(SPANISH[name], locale) : readWording(ENGLISH[name], 'en-US');
}
