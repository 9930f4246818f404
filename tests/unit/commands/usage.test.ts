import { expect, test } from 'vitest';
import { cortex, createDirectory } from '../../support/command-line.ts';

test('the help lists every command', async () => {
  const { exitCode, stdout } = await cortex(['--help']);

  expect(exitCode).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "Usage: cortex <command> [flags]

    Build tested SQL models in MySQL, MariaDB and TiDB

    Options:
      -V, --version                       Print the version
      -h, --help                          Show this help

    Commands:
      init [options] [name]               Write a project into the current directory: of a client with
                                          \`--platform\`, else a small example
      demo [options]                      Sync seven simulated platforms of a generated shop and build
                                          what is modelled of them
      setup [options]                     Make the databases of the project and the user of its
                                          dashboards
      debug [options]                     Check the project, the target and the connection, step by step
      doctor [options]                    Look for everything that is wrong with a client, from the disk
                                          to the outbox
      onboarding [options] [action...]    Print the checklist of a new client, by what is really there
      parse [options]                     Read and check the project, and write the manifest
      compile [options]                   Write the SQL of models and tests to the target path
      ls|list [options]                   List nodes
      build [options]                     Build seeds and models in order, test each, and publish what
                                          passes
      run [options]                       Build models without their tests
      test [options]                      Run data tests on what is published
      seed [options]                      Load the CSV files of the project
      show [options] [node]               Print rows of a model, a query or a failing test
      sync [options] [stream...]          Bring raw tables up to date with platforms and files
      backfill [options] [stream...]      Read what is missing of the past from platforms, oldest first
      connect [options] [platform]        Get and keep the credentials of an account, step by step
      tracking                            Commands about the tracking of a site
      source                              Commands about a source
      run-operation [options] [macro]     Run one macro, or SQL given with --sql, against the target
      clean [options]                     Delete what Cortex wrote below the project: the target path
                                          and other clean targets
      convert [options] [destination...]  Send conversions back to the platforms, and look after their
                                          outbox
      alerts                              Commands about alerts
      privacy                             Commands about the data of one person, and how long data is
                                          kept
      report [options]                    Send the key figures of the last complete day through the
                                          channels of alerts, or write them
      run-pipeline [options] [pipeline]   Run the steps of a pipeline in order: sync, build, test,
                                          convert, alerts, report
      schedule [options] [action]         Start pipelines when they are due: by systemd, cron, GitHub
                                          Actions, or Cortex itself
      server [options] [action]           Look after the private local server
      schema [options]                    Write JSON Schemas of the project and properties files, for
                                          editors
      explain [options] [code]            Explain the code of a message
      completion [shell]                  Print a completion script for a shell

    Start here:
      $ cortex init
      $ cortex build
    "
  `);
});

test('no argument at all shows the help', async () => {
  expect(await cortex([])).toEqual(await cortex(['--help']));
});

test.each([
  ['an unknown flag', ['build', '--selct', 'x']],
  ['an unknown command', ['buld']],
  ['a word that no command takes', ['ls', 'orders']],
  ['a flag without its value', ['build', '--target']],
  ['a missing argument', ['server']],
  ['an argument that is none of the choices', ['server', 'strat']],
  ['a group without its command', ['source']],
  ['a code that does not exist', ['explain', 'CX2199']],
])('%s is an error that says what to do', async (_, args) => {
  const { exitCode, stdout, stderr } = await cortex(args);

  expect(exitCode).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatchSnapshot();
});

test('a value that does not fit its flag names the place it came from', async () => {
  const { path } = createDirectory({
    'cortex_project.yml': 'name: shop\ntargets: { local: { type: local } }\n',
  });

  const typed = await cortex(['ls', '--indirect-selection', 'egaer'], { directory: path });
  const set = await cortex(['ls'], {
    directory: path,
    environment: { CORTEX_INDIRECT_SELECTION: 'all' },
  });

  expect([typed.exitCode, set.exitCode]).toEqual([2, 2]);
  expect(typed.stderr).toMatchInlineSnapshot(`
    "error[CX1002] bad-flag-value: \`--indirect-selection\` is \`egaer\`, which is not an allowed value

    hint: did you mean \`eager\`?
    "
  `);
  expect(set.stderr).toMatchInlineSnapshot(`
    "error[CX1002] bad-flag-value: \`CORTEX_INDIRECT_SELECTION\` is \`all\`, which is not an allowed value

    hint: one of \`eager\`, \`cautious\`, \`buildable\` or \`empty\`
    "
  `);
});

test('explain prints what a code means, by its number or its name', async () => {
  const byCode = await cortex(['explain', 'cx1001']);
  const bySlug = await cortex(['explain', 'unknown-flag']);

  expect(byCode.stdout).toMatchInlineSnapshot(`
    "CX1001 unknown-flag (error)
    A flag or command that Cortex does not have

    The command line names a flag, a command or a value that Cortex does not know.
    \`cortex --help\` lists them.
    "
  `);
  expect(bySlug).toEqual(byCode);
});

test('a directory without a project is an error', async () => {
  const { path } = createDirectory();

  const { exitCode, stderr } = await cortex(['parse'], { directory: path });

  expect(exitCode).toBe(2);
  expect(stderr.replaceAll(path, '<directory>')).toMatchInlineSnapshot(`
    "error[CX1104] project-not-found: no \`cortex_project.yml\` in \`<directory>\` or above it

    hint: change into a project, pass \`--project-dir\`, or start one with \`cortex init\`
    "
  `);
});
