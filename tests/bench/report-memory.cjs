// Loaded by `--require` into a measured process: writes its peak memory when it ends.
const { writeFileSync } = require('node:fs');

process.on('exit', () => {
  const file = process.env.CORTEX_BENCH_MEMORY_FILE;
  if (file) writeFileSync(file, String(process.resourceUsage().maxRSS));
});
