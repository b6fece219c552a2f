/** All reporters by the names by which they are asked for. */
import { defaultReporter } from './default.js';
import { githubReporter } from './github.js';
import { jsonReporter } from './json.js';
import { jsonlReporter } from './jsonl.js';
import { junitReporter } from './junit.js';
import { markdownReporter } from './markdown.js';
import type { About, Reporter } from './reporter.js';
import { tapReporter } from './tap.js';

export const REPORTERS = [
  'default',
  'json',
  'jsonl',
  'junit',
  'tap',
  'github',
  'markdown',
] as const;
export type ReporterName = (typeof REPORTERS)[number];

export function reporterNamed(name: ReporterName, about: About): Reporter {
  switch (name) {
    case 'default':
      return defaultReporter(about);
    case 'json':
      return jsonReporter(about);
    case 'jsonl':
      return jsonlReporter(about);
    case 'junit':
      return junitReporter(about);
    case 'tap':
      return tapReporter();
    case 'github':
      return githubReporter(about);
    case 'markdown':
      return markdownReporter();
  }
}
