/** What libxml2 says to a text, where it is installed. */
import { spawnSync } from 'node:child_process';

export const hasXmllint = spawnSync('xmllint', ['--version']).error === undefined;

/** Of texts, by their length: to start xmllint takes longer than all else that is asked of one. */
const ASKED_ONE_IN = 8;

/** Throws where xmllint is asked and does not read it as XML. */
export function refuseWhatXmllintRefuses(xml: string): void {
  if (!hasXmllint || xml.length % ASKED_ONE_IN !== 0) return;
  const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], {
    input: xml,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`xmllint: ${stderr.slice(0, 300)}`);
}
