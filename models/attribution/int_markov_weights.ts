import { model, ref } from 'cortex-analytics/model';
import { MarkovChain } from '../_compute/markov.ts';

/** What conversions lose without each channel, by the exact removal effects of the chain of all paths. */
export default model({
  inputs: {
    touches: ref('int_attribution_paths', {
      columns: {
        path_key: 'text',
        touch_position: 'number',
        channel_id: 'text',
        is_conversion: 'boolean',
      },
      orderBy: ['is_conversion', { bytes: 'path_key' }, 'touch_position'],
    }),
  },
  vars: { attribution_lookback_days: 'number?', markov_min_paths: 'number?' },
  columns: {
    channel_id: 'bigint',
    removal_effect: 'double',
    share: 'double',
    channel_paths: 'bigint',
    is_reliable: 'tinyint(1)',
    p_conversion: 'double',
    base_paths: 'bigint',
    null_paths: 'bigint',
    lookback_days: 'int',
  },
  config: { primary_key: 'channel_id', tags: ['attribution'] },

  async *rows({ inputs, vars }) {
    const chain = new MarkovChain();
    let path: string[] = [];
    let before: { readonly path_key: string; readonly is_conversion: boolean } | undefined;
    for await (const touch of inputs.touches) {
      const isSame =
        before?.path_key === touch.path_key && before.is_conversion === touch.is_conversion;
      if (!isSame) {
        chain.add(path, before?.is_conversion ?? false);
        path = [];
      }
      path.push(touch.channel_id);
      before = touch;
    }
    chain.add(path, before?.is_conversion ?? false);

    const { channels, conversionProbability, convertingPaths, nullPaths } = chain.weights();
    for (const { channel, removalEffect, share, paths } of channels)
      yield {
        channel_id: channel,
        removal_effect: removalEffect,
        share,
        channel_paths: paths,
        is_reliable: paths >= (vars.markov_min_paths ?? 30),
        p_conversion: conversionProbability,
        base_paths: convertingPaths,
        null_paths: nullPaths,
        lookback_days: vars.attribution_lookback_days,
      };
  },
});
