/** What libxml2 says to a text, where it is installed. */
import { spawnSync } from 'node:child_process';

export const hasXmllint = spawnSync('xmllint', ['--version']).error === undefined;

/** Throws where xmllint does not read it as XML. */
export function refuseWhatXmllintRefuses(xml: string): void {
  if (!hasXmllint) return;
  const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], {
    input: xml,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`xmllint: ${stderr.slice(0, 300)}`);
}
