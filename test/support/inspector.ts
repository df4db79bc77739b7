import { once } from 'node:events';
import { WebSocket } from 'undici';

/** Bytes, after a garbage collection. */
export interface Memory {
  readonly heapUsed: number;
  readonly rss: number;
}

/** Looks into a process that was started with `--inspect=127.0.0.1:port`. */
export async function memoryOf(port: number): Promise<Memory> {
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as {
    readonly webSocketDebuggerUrl: string;
  }[];
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '');
  await once(socket, 'open');
  try {
    // Twice: what a finalizer lets go in the first round is free in the second.
    await ask(socket, 'HeapProfiler.collectGarbage');
    await ask(socket, 'HeapProfiler.collectGarbage');
    const expression = 'JSON.stringify(process.memoryUsage())';
    const { result } = await ask<{ readonly result: { readonly value: string } }>(socket, 'Runtime.evaluate', {
      expression,
    });
    return JSON.parse(result.value) as Memory;
  } finally {
    socket.close();
  }
}

let asked = 0;

async function ask<Result>(socket: WebSocket, method: string, params: object = {}): Promise<Result> {
  const id = (asked += 1);
  socket.send(JSON.stringify({ id, method, params }));
  for (;;) {
    const [event] = (await once(socket, 'message')) as [{ readonly data: string }];
    const answer = JSON.parse(event.data) as { readonly id?: number; readonly result: Result };
    if (answer.id === id) return answer.result;
  }
}
