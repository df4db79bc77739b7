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

/** Reads one call from the demo's API; null when there is no demo, or it does not know the call or does not answer. */
export async function readDemoCall(server: string, callSid: string, signal: AbortSignal): Promise<DemoCall | null> {
  try {
    const response = await fetch(`${server}/demo/api/calls/${callSid}`, { signal });
    const body: unknown = response.ok ? await response.json() : null;
    return demoCall.safeParse(body).data ?? null;
  } catch (error) {
    if (signal.aborted) throw error;
    return null;
  }
}
