import type { CallService } from '../../core/call/tasks.ts';
import { statusOf, textAt } from '../../core/service-answer.ts';
import type { Handler } from './handler.ts';

/**
 * Calls a web service of the callflow. Only a well-formed answer whose status has a path of its own sets variables; all
 * else is the failed path. Where the process that began this turn has died, a GET is asked again, and a POST is not: it
 * may have arrived, and must not act twice.
 */
export const service: Handler<CallService> = async (task, { parts, call, takenOver }) => {
  const { url, ...request } = task.service;
  const failed = (reason: string) => {
    parts.log.warn({ call, task: task.type, service: task.name, reason }, 'a service failed');
    return { path: task.failed };
  };
  if (url === null) return failed('it has no address for this kind of call');
  if (takenOver && request.method === 'POST') return failed('the answer was lost with the process that asked');
  const answer = await parts.webService.call({ ...request, url });
  if (answer.kind === 'failed') return failed(answer.reason);
  const status = statusOf(answer.root);
  const path = status !== null && Object.hasOwn(task.paths, status) ? task.paths[status] : undefined;
  if (path === undefined) return failed(status === null ? 'no status, or several' : 'a status without a path');
  if (path === task.failed) return { path };
  const variables = Object.entries(task.receive).map(([name, place]) => [name, textAt(answer.root, place)]);
  return { path, variables: Object.fromEntries(variables) as Record<string, string> };
};
