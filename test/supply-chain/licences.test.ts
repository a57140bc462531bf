import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { licencesPage, type LockedPackages, refusedLicences } from './licences.js';

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: LockedPackages };

describe('the licences of the packages', () => {
  it('are listed: after a change, npm run licences', () => {
    expect(licencesPage(packages) === readFileSync('docs/licences.md', 'utf8')).toBe(true);
  });

  it('are all allowed', () => {
    expect(refusedLicences(packages)).toEqual([]);
  });

  it.each([
    ['that is not allowed', { license: 'GPL-3.0' }],
    ['that is for tools, of what comes with the server', { license: 'MPL-2.0' }],
    ['of which one part is not allowed', { license: '(MIT AND GPL-2.0)', dev: true }],
    ['of which one choice is not allowed', { license: '(MIT OR GPL-2.0)' }],
    ['that is a reference to a file', { license: 'SEE LICENSE IN LICENSE.md' }],
    ['that nobody tells', {}],
  ])('are refused for one %s', (_what, told) => {
    const locked = { '': { version: '0.1.0' }, 'node_modules/good': { version: '1.0.0', license: 'MIT' } };
    const bad = { 'node_modules/good/node_modules/@of/bad': { version: '1.2.3', ...told } };
    expect(refusedLicences(locked)).toEqual([]);
    expect(refusedLicences({ ...locked, ...bad })).toEqual([`@of/bad 1.2.3: ${'license' in told ? told.license : 'unknown'}`]);
  });
});
