/** A thread of `dialproof explore`. */
import { answerJobs } from '../threads/answer-jobs.ts';
import { JobRunner, type Job } from './jobs.ts';

answerJobs(({ simulator, plays }) => {
  const runner = new JobRunner(simulator, plays);
  return (job) => runner.run(job as Job, () => false);
});
