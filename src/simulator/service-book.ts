import { isExternal } from '../core/blocks/code-service.ts';
import { VERBS } from '../core/blocks/index.ts';
import type { Flow } from '../core/callflow/compile.ts';

export interface ServiceUse {
  /** As callflows call it. */
  readonly names: readonly string[];
  readonly role: 'contact-methods' | 'send-code' | 'verify-code' | 'service';
  /** Where the variables stand that it sets. */
  readonly receive: readonly string[];
}

/** Which service of the callflows answers at an address. */
export class ServiceBook {
  private readonly uses = new Map<string, ServiceUse>();

  constructor(flows: readonly Flow[]) {
    for (const flow of flows) this.read(flow);
  }

  useOf(url: string): ServiceUse | undefined {
    return this.uses.get(url);
  }

  private read({ callflow }: Flow): void {
    for (const { verb, body } of callflow.blocks.values()) {
      const name = VERBS.get(verb)?.service?.(body);
      if (name !== undefined)
        this.note(callflow.services, name, verb === 'find-methods' ? 'contact-methods' : 'service');
    }
    if (!isExternal(callflow)) return;
    this.note(callflow.services, 'send-code', 'send-code');
    this.note(callflow.services, 'verify-code', 'verify-code');
  }

  private note(services: Flow['callflow']['services'], name: string, role: ServiceUse['role']): void {
    const service = services[name];
    for (const url of [service?.production, service?.test]) {
      if (url === undefined || url === '') continue;
      const known = this.uses.get(url);
      const names = [...new Set([...(known?.names ?? []), name])];
      this.uses.set(url, { names, role: known?.role ?? role, receive: Object.values(service?.receive ?? {}) });
    }
  }
}
