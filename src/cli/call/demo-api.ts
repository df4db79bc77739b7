import { z } from 'zod';

const demoCall = z.object({
  exit: z.string().nullable(),
  sends: z.number(),
  attempts: z.number(),
  turns: z.number().optional(),
  grants: z.number().optional(),
  messages: z.array(
    z.object({
      method: z.enum(['email', 'sms', 'authenticator']),
      to: z.string(),
      text: z.string(),
      code: z.string().nullable(),
    }),
  ),
});

/**
 * What the demo tells of a call: how it went, and the messages sent in it, oldest first, with their codes; at
 * the end what an authenticator shows, while the call asks for it: no code where the present ones are used up.
 */
export type DemoCall = z.infer<typeof demoCall>;

/** What a server that has a demo company says of a call that it has not begun. */
const unknownCall = z.object({ error: z.literal('call-unknown') });

/** Reads one call from the demo's API; null when there is no demo, or it does not know the call or does not answer. */
export async function readDemoCall(server: string, callSid: string, signal: AbortSignal): Promise<DemoCall | null> {
  return (await askDemo(server, callSid, signal)).call;
}

/** The same, and whether the server has a demo company; one that does not answer may have it. */
export async function askDemo(
  server: string,
  callSid: string,
  signal: AbortSignal,
): Promise<{ readonly demo: boolean; readonly call: DemoCall | null }> {
  try {
    const response = await fetch(`${server}/demo/api/calls/${callSid}`, { signal });
    const body: unknown = await response.json().catch(() => null);
    const call = response.ok ? (demoCall.safeParse(body).data ?? null) : null;
    return { demo: response.ok || unknownCall.safeParse(body).success, call };
  } catch (error) {
    if (signal.aborted) throw error;
    return { demo: true, call: null };
  }
}
