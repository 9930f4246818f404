import type { PlatformDefinition } from '../../connectors/sdk/definition.ts';

/** The platform, read in pages of at most so many records, so that a small shop has several of them. */
export function inSmallPages(platform: PlatformDefinition, pageSize: number): PlatformDefinition {
  const streams = platform.streams.map((stream) => ({
    ...stream,
    pageSize: Math.min(pageSize, stream.pageSize),
    leastPageSize: 1,
  }));
  return { ...platform, streams };
}
