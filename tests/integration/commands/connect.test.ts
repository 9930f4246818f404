import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { servers } from '../../support/server.ts';
import { simulatedProject } from '../../support/simulated-project.ts';

const [server] = servers;

test('connecting trades a code for a token, proves it, and keeps it outside of the repository', async () => {
  const own = await (server ?? expect.fail()).database();
  await using project = await simulatedProject(own);
  project.shop.state.codes.add('code-1');
  const asked: { question: string; isSecret: boolean }[] = [];
  const answers: Record<string, string> = {
    'App id: ': '4711',
    'Client secret: ': 'hush-0123456789',
    'Code: ': 'code-1',
    'The setting contact_email: ': 'dados@exemplo.com.br',
  };
  const ask = async (question: string, { isSecret }: { isSecret: boolean }) => {
    asked.push({ question, isSecret });
    return answers[question] ?? '';
  };

  const connected = await project.runWith(
    { ask },
    'connect',
    'nuvemshop',
    '--origin',
    project.shop.origin,
  );

  expect(connected).toMatchObject({ exitCode: 0 });
  expect(connected.stdout).toMatch(/nuvemshop +2981734 +Loja Aurora +America\/Sao_Paulo +BRL/);
  expect(connected.stderr).toContain('store_id: "2981734"');
  expect(connected.stderr).toContain('contact_email: dados@exemplo.com.br');
  expect(connected.stderr).toContain('access_token: ${NUVEMSHOP_ACCESS_TOKEN}');
  expect(asked).toEqual([
    { question: 'App id: ', isSecret: false },
    { question: 'Client secret: ', isSecret: true },
    { question: 'Code: ', isSecret: true },
    { question: 'The setting contact_email: ', isSecret: false },
  ]);
  const folder = join(project.directory.path, '.cortex/credentials');
  expect(readdirSync(folder)).toEqual(['nuvemshop-2981734.json']);
  expect(statSync(join(folder, 'nuvemshop-2981734.json')).mode & 0o777).toBe(0o600);
  const { access_token: token = '' } = (
    JSON.parse(project.directory.read('.cortex/credentials/nuvemshop-2981734.json')) as {
      secrets: Record<string, string>;
    }
  ).secrets;
  expect(token).not.toBe('');
  for (const secret of [token, 'hush-0123456789', 'code-1']) {
    expect(`${connected.stdout}${connected.stderr}`).not.toContain(secret);
  }
});

test('without a terminal the environment answers, or the command says what it lacks', async () => {
  const own = await (server ?? expect.fail()).database();
  await using project = await simulatedProject(own);
  const command = ['connect', 'nuvemshop', '--origin', project.shop.origin];

  const lacking = await project.run(...command);
  project.environment['CORTEX_CONNECT_CLIENT_ID'] = '4711';
  project.environment['CORTEX_CONNECT_CLIENT_SECRET'] = 'hush-0123456789';
  project.environment['CORTEX_CONNECT_CODE'] = 'spent-code-1';
  const spent = await project.run(...command);
  const unknown = await project.run('connect', 'nuvemshp');
  const nowhere = await project.run('connect', 'nuvemshop', '--origin', 'localhost');

  expect(lacking.exitCode).toBe(2);
  expect(lacking.stderr).toMatch(
    /CX7218[^]*`CORTEX_CONNECT_CLIENT_ID`, `CORTEX_CONNECT_CLIENT_SECRET`/,
  );
  expect(spent.exitCode).toBe(2);
  expect(spent.stderr).toContain('CX7201');
  expect(spent.stderr).not.toContain('spent-code-1');
  expect(nowhere.stderr).toContain('error[CX1002]');
  expect(unknown.stderr).toMatch(/CX7014[^]*`nuvemshop`/);
});
