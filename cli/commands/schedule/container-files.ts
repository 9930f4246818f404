import type { ScheduleFacts, ScheduleFiles } from './schedule-files.ts';
import { MARK, shellWord } from './schedule-files.ts';
import type { ScheduledPipeline } from './scheduled-pipeline.ts';

const PROGRAM = ['node', 'node_modules/cortex-analytics/dist/cli/main.js', 'schedule', 'run'];

/** An image that runs the scheduler as its first process, so that the signal to stop reaches it; and Railway's file. */
export function containerFiles(
  _pipelines: readonly ScheduledPipeline[],
  { target, client }: Pick<ScheduleFacts, 'target' | 'client'>,
): ScheduleFiles {
  const ofClient = client === undefined ? [] : ['--client', client];
  const words = [...PROGRAM, '--target', target, ...ofClient, '--health-port'];
  const railway = {
    $schema: 'https://railway.com/railway.schema.json',
    build: { builder: 'DOCKERFILE', dockerfilePath: 'Dockerfile' },
    deploy: {
      startCommand: `/bin/sh -c "exec ${words.map(shellWord).join(' ')} $PORT"`,
      healthcheckPath: '/live',
      restartPolicyType: 'ALWAYS',
    },
  };
  return {
    files: {
      Dockerfile: dockerfile([...words, '8080']),
      '.dockerignore': `${MARK}\n.git\n.env\n.env.*\n.cortex\nnode_modules\ntarget\nlogs\n`,
      'railway.json': `${JSON.stringify(railway, undefined, 2)}\n`,
    },
    todo: [
      'docker build -t cortex-pipelines .',
      'docker run --env-file .env -p 8080:8080 cortex-pipelines',
      '# Railway: set the variables of the project in the service, and deploy',
    ],
    refused: [],
  };
}

function dockerfile(words: readonly string[]): string {
  return `${MARK}
FROM node:22-slim
WORKDIR /project
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
COPY . .
RUN chown -R node:node /project
USER node
EXPOSE 8080
STOPSIGNAL SIGTERM
CMD [${words.map((word) => JSON.stringify(word)).join(', ')}]
`;
}
