import { parse } from 'cookie';

/** Where a platform asks, and with what. */
export interface Node {
  readonly publicUrl: string;
  /** Where requests are sent. */
  readonly server: string;
  readonly key: string;
}

export interface NodeAnswer {
  readonly status: number;
  readonly errorNumber: string | null;
  readonly ttl: string | null;
  readonly redirect: string | null;
  readonly user: string | null;
  readonly body: string;
}

export interface Shown {
  readonly status: number;
  readonly html: string;
  /** Where a redirect leads, relative to nothing. */
  readonly location: string | null;
}

/** A platform and the browser of one of its users, request by request, with a jar of cookies and no script. */
export class WebUser {
  readonly user: string;
  readonly cookies = new Map<string, string>();
  browser: Readonly<Record<string, unknown>> = {
    fingerprint: 'f-1',
    browser: 'Chrome',
    browserVersion: '1.2.3',
    os: 'Linux',
  };
  /** The page that the browser is at. */
  page = '';
  html = '';
  private readonly node: Node;
  private readonly known = new Set<string>();

  constructor(node: Node, user: string) {
    this.node = node;
    this.user = user;
  }

  /** What the platform asks when this user signs in; the browser's cookies go along unless it is told not to. */
  async signsIn(
    options: {
      readonly cookies?: false;
      /** The address that the platform's proxy says it comes from. */
      readonly from?: string;
      readonly parameters?: Readonly<Record<string, string>>;
    } = {},
  ): Promise<NodeAnswer> {
    const answer = await this.ask(
      '',
      {
        userLogonReferenceAuthenticate: this.user,
        browser: JSON.stringify(this.browser),
        ...options.parameters,
      },
      { cookies: options.cookies !== false, ...(options.from === undefined ? {} : { from: options.from }) },
    );
    if (answer.redirect !== null) {
      this.page = answer.redirect;
      this.known.add(answer.redirect.split('/').at(-1) ?? '');
    }
    return answer;
  }

  /** What the platform does with the ticket that the browser brings. */
  redeems(ticket: string): Promise<NodeAnswer> {
    return this.ask('/redeem', { ticket }, { cookies: false });
  }

  /** Goes to the page of the sign-in. */
  async opens(page = this.page): Promise<Shown> {
    return this.shown(await fetch(this.at(page), { headers: { cookie: this.cookieHeader }, redirect: 'manual' }));
  }

  /** Sends the form of the page, and goes where it leads. */
  async sends(
    fields: Readonly<Record<string, string>>,
    options: { readonly origin?: string | null } = {},
  ): Promise<Shown> {
    await this.posts({ turn: this.turn, ...fields }, options);
    return this.opens();
  }

  /** Only the form: what comes of it, the page shows. */
  async posts(
    fields: Readonly<Record<string, string>>,
    { origin = new URL(this.node.publicUrl).origin }: { readonly origin?: string | null } = {},
  ): Promise<Shown> {
    const response = await fetch(this.at(this.page), {
      method: 'POST',
      headers: { cookie: this.cookieHeader, ...(origin === null ? {} : { origin }) },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });
    return this.shown(response, false);
  }

  /** The single-use token of the page. */
  get turn(): string {
    return /name="turn" value="([^"]+)"/.exec(this.html)?.[1] ?? '';
  }

  /** What must stand nowhere in the clear: tokens that whoever holds them is believed. */
  get secrets(): readonly string[] {
    return [...this.known];
  }

  /** The ticket in the address that the browser was sent to. */
  ticketIn({ location }: Shown): string {
    const ticket = new URL(location ?? '').searchParams.get('ticket') ?? '';
    this.known.add(ticket);
    return ticket;
  }

  private async ask(
    path: string,
    parameters: Readonly<Record<string, string>>,
    { cookies, from }: { readonly cookies: boolean; readonly from?: string },
  ): Promise<NodeAnswer> {
    const response = await fetch(`${this.node.server}/enhanced-authentication${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${this.node.key}`,
        ...(cookies ? { cookie: this.cookieHeader } : {}),
        ...(from === undefined ? {} : { 'x-forwarded-for': from }),
      },
      body: new URLSearchParams(parameters),
    });
    this.keep(response);
    const body = await response.text();
    const value = (name: string): string | null => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1] ?? null;
    const [errorNumber, ttl, redirect, user] = ['errorNumber', 'ttl', 'redirect', 'user'].map(value);
    return {
      status: response.status,
      errorNumber: errorNumber ?? null,
      ttl: ttl ?? null,
      redirect: redirect ?? null,
      user: user ?? null,
      body,
    };
  }

  private async shown(response: Response, keeps = true): Promise<Shown> {
    this.keep(response);
    const html = await response.text();
    if (keeps) this.html = html;
    return { status: response.status, html, location: response.headers.get('location') };
  }

  private keep(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      for (const [name, value] of Object.entries(parse(pair))) {
        this.cookies.set(name, value ?? '');
        this.known.add(value ?? '');
      }
    }
  }

  private get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  private at(url: string): string {
    return url.replace(this.node.publicUrl, this.node.server);
  }
}
