import { COMMANDS } from './commands.ts';
import type { GivenFlags, Invocation, World } from './invocation.ts';
import type { ProjectSession } from './session.ts';
import { withProject } from './session.ts';

/** Calls other commands inside a project, as somebody would who types them. */
export class TypedCommands {
  readonly #world: World;
  readonly #given: GivenFlags;

  /**
   * @param world its directory is the project's
   * @param target of the project file
   */
  constructor({ given }: Invocation, world: World, target: string) {
    const { quiet, verbose, color, timestamps } = given;
    const shown = Object.entries({ quiet, verbose, color, timestamps });
    this.#world = world;
    this.#given = {
      ...Object.fromEntries(shown.filter(([, value]) => value !== undefined)),
      projectDir: world.directory,
      target,
    };
  }

  /** The exit code of a command. */
  async run(name: string, ...words: readonly string[]): Promise<number> {
    const invocation = this.#invocation(name, {}, words);
    const body = await invocation.command.load();
    return body(invocation);
  }

  /** Does some work in the project with the flags of a command; the exit code where it could not be done. */
  async inProject(
    name: string,
    given: GivenFlags,
    work: (session: ProjectSession) => Promise<number>,
  ): Promise<number> {
    return withProject(this.#invocation(name, given, []), work);
  }

  #invocation(name: string, given: GivenFlags, words: readonly string[]): Invocation {
    const command = COMMANDS.find((one) => one.name === name);
    if (command === undefined) throw new RangeError(`there is no command ${name}`);
    return { command, given: { ...this.#given, ...given }, arguments: words, world: this.#world };
  }
}
