import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { World } from '../support/world.ts';
import { windowOf } from './looked-at.ts';

/** A window of Chromium in which people sign in, with script off. */
export class SigningIn {
  readonly window: BrowserContext;
  readonly page: Page;
  private readonly world: World;

  private constructor(parts: { readonly window: BrowserContext; readonly page: Page; readonly world: World }) {
    this.window = parts.window;
    this.page = parts.page;
    this.world = parts.world;
  }

  static async open(browser: Browser, world: World): Promise<SigningIn> {
    const window = await windowOf(browser, { colorScheme: 'light', width: 360 }, false);
    return new SigningIn({ window, world, page: await window.newPage() });
  }

  /** The platform asks, and sends the browser where the answer says: to a question, or back at once. */
  async as(user: string): Promise<'asked' | 'passed'> {
    const { redirect } = await this.world.webUser(user).signsIn();
    await this.page.goto(redirect ?? '');
    return new URL(this.page.url()).searchParams.has('ticket') ? 'passed' : 'asked';
  }

  async chooses(button: RegExp): Promise<void> {
    await this.page.getByRole('button', { name: button }).click();
  }

  async ticks(wish: string): Promise<void> {
    await this.page.getByLabel(wish).check();
  }

  /** The newest code that came, unless another one is given. */
  async enters(code?: string): Promise<void> {
    const field = this.page.getByLabel('Your code');
    await field.waitFor();
    await field.fill(code ?? this.world.code);
    await this.chooses(/^Continue$/);
  }

  async sees(text: string): Promise<void> {
    await this.page.getByText(text).waitFor();
  }

  /** At the platform, with a ticket. */
  async isBack(): Promise<void> {
    await this.page.waitForURL(/\?ticket=[\w-]{22,}$/);
  }

  /** Signs in by a code, and wishes to be remembered. */
  async isRememberedAs(user: string): Promise<void> {
    await this.as(user);
    await this.chooses(/^Text message/);
    await this.ticks('Remember this device');
    await this.enters();
    await this.isBack();
  }

  close(): Promise<void> {
    return this.window.close();
  }
}
