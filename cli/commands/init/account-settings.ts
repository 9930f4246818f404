import { loadPlatform } from '../../../connectors/registry.ts';
import type { PlatformDefinition } from '../../../connectors/sdk/definition.ts';

/** What an account of a platform has to say of itself in the project file, and where its value comes from. */
interface AccountSetting {
  /** `access_token`. */
  readonly setting: string;
  /** `NUVEMSHOP_ACCESS_TOKEN`. */
  readonly variable: string;
  /** Where a person finds the value; empty where nothing but its name says so. */
  readonly instructions: string;
}

export interface PlatformSettings {
  /** `nuvemshop`. */
  readonly name: string;
  readonly label: string;
  readonly settings: readonly AccountSetting[];
}

/** The settings without which an account is refused, and its credentials, of platforms that ship. */
export async function platformSettings(
  names: readonly string[],
): Promise<readonly PlatformSettings[]> {
  const definitions = await Promise.all(names.map(loadPlatform));
  return definitions.flatMap((definition) =>
    definition === undefined
      ? []
      : [{ name: definition.name, label: definition.label, settings: settingsOf(definition) }],
  );
}

function settingsOf(definition: PlatformDefinition): readonly AccountSetting[] {
  const { name, account, connect } = definition;
  const required = (account.safeParse({}).error?.issues ?? [])
    .filter(({ path }) => path.length === 1)
    .map(({ path }) => String(path[0]));
  const credentials = connect.variables.map(({ setting }) => setting);
  return [...new Set([...required, ...credentials])].map((setting) => ({
    setting,
    variable:
      connect.variables.find((variable) => variable.setting === setting)?.name ??
      `${name}_${setting}`.toUpperCase(),
    instructions: connect.steps.find(({ key }) => key === setting)?.instructions ?? '',
  }));
}
