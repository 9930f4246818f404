import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../../cli/commands/commands.ts';
import { cortex } from '../../support/command-line.ts';

/** What bash offers after the words; the last one is being typed. */
async function offered(...words: string[]): Promise<string[]> {
  const { stdout } = await cortex(['completion', 'bash']);
  const line = ['cortex', ...words];
  const script = `${stdout}\nCOMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _cortex; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const bash = spawnSync('bash', ['-c', script, 'bash', ...line], { encoding: 'utf8' });
  return bash.stdout.split('\n').filter((word) => word !== '');
}

test('bash completes commands, their flags and the values of flags', async () => {
  expect(await offered('bu')).toEqual(['build']);
  expect(await offered('build', '--ful')).toEqual(['--full-refresh']);
  expect(await offered('build', '--publish', '')).toEqual(['each', 'all']);
  expect(await offered('show', '--output', '')).toEqual(['text', 'json']);
  expect(await offered('list', '--output', '')).toEqual(['selector', 'name', 'path', 'json']);
  expect(await offered('server', 'st')).toEqual(['start', 'stop', 'status']);
  expect(await offered('source', 'fre')).toEqual(['freshness']);
  expect(await offered('tracking', '')).toEqual(expect.arrayContaining(['gtm', 'validate']));
  expect(await offered('tracking', 'gtm', '--ga')).toEqual(['--ga4-id']);
});

test.each(['zsh', 'fish'])('the script for %s names every command', async (shell) => {
  const { stdout } = await cortex(['completion', shell]);

  for (const { name } of COMMANDS)
    for (const word of name.split(' ')) expect(stdout).toContain(word);
  expect(stdout).toMatchSnapshot();
});

test('an unknown shell is an error', async () => {
  const { exitCode, stderr } = await cortex(['completion', 'powershell']);

  expect(exitCode).toBe(2);
  expect(stderr).toContain('one of `bash`, `zsh` or `fish`');
});
