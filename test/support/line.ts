import { Caller, type Answer } from './caller.ts';

/** Like platforms, it tries a connection that broke once more: the one that it kept open died with the server. */
export class Line extends Caller {
  override async post(...request: Parameters<Caller['post']>): Promise<Answer> {
    return super.post(...request).catch(() => super.post(...request));
  }
}
