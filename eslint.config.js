/**
 * The rules of the house. Formatting is prettier's; what may import whom, and what is pure, stands
 * in build/rooms.json, which test/rooms.test.ts reads too.
 */
import { readFileSync } from 'node:fs';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const rooms = JSON.parse(readFileSync(new URL('build/rooms.json', import.meta.url), 'utf8'));

const houseStyle = [
  {
    selector: 'Program > VariableDeclaration[kind=/^(let|var)$/]',
    message: 'No module state: hand it in.',
  },
  {
    selector: 'ExportNamedDeclaration > VariableDeclaration[kind=/^(let|var)$/]',
    message: 'No module state: hand it in.',
  },
  {
    selector:
      ':matches(ClassDeclaration, ClassExpression)[superClass]:not([superClass.name=/Error$/])',
    message: 'No inheritance, except of Error.',
  },
  {
    selector: ':matches(PropertyDefinition, MethodDefinition)[accessibility]',
    message: 'Write #name for what is private, and nothing for what is public.',
  },
];

const namedExports = [
  { selector: 'ExportDefaultDeclaration', message: 'No default exports.' },
  {
    selector: 'ExportSpecifier[exported.name="default"]',
    message: 'No default exports.',
  },
];

const noBarrels = [
  { selector: 'ExportAllDeclaration', message: 'No barrels but src/index.ts.' },
  { selector: 'ExportNamedDeclaration[source]', message: 'No barrels but src/index.ts.' },
];

/** Powers of two are exact; a power in general is as inexact as Math.pow. */
const inexactPower = {
  selector: 'BinaryExpression[operator="**"]:not([left.type="Literal"][right.type="Literal"])',
  message: 'The last bits of a power are not specified.',
};

const asynchrony = [
  { selector: ':function[async=true]', message: 'Nothing waits below cli.' },
  { selector: 'AwaitExpression', message: 'Nothing waits below cli.' },
  { selector: 'ImportExpression', message: 'Nothing waits below cli.' },
];

const outside = [
  'process',
  'Date',
  'performance',
  'fetch',
  'crypto',
  'navigator',
  'console',
  'globalThis',
];
const timers = ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'Promise'];
const inexact = [
  'random',
  'log',
  'log2',
  'log10',
  'log1p',
  'exp',
  'expm1',
  'sin',
  'cos',
  'tan',
  'asin',
  'acos',
  'atan',
  'atan2',
  'sinh',
  'cosh',
  'tanh',
  'asinh',
  'acosh',
  'atanh',
  'pow',
  'cbrt',
  'hypot',
];

function importRules(room, { values, types, packages }) {
  const others = Object.keys(rooms).filter((name) => name !== room && !values.includes(name));
  const forbidden = others.filter((name) => !types.includes(name));
  const allowed = ['\\.', ...packages].map((name) => `(?!${name})`).join('');
  const patterns = [
    { regex: `^${allowed}`, message: `src/${room} does without this package.` },
    {
      regex: `^(\\.\\./)+(${forbidden.join('|') || '-'})(/|$)`,
      message: `src/${room} may not import that room: imports point up the table only.`,
    },
    {
      regex: `^(\\.\\./)+(${types.join('|') || '-'})(/|$)`,
      message: `src/${room} may import only types from that room.`,
      allowTypeImports: true,
    },
    { regex: '^(\\.\\./)+index\\.js$', message: 'src/index.ts is for users of the package.' },
  ];
  return { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] };
}

function purityRules(purity) {
  if (purity === 'none') return {};
  const model = purity === 'model';
  const names = model ? [...outside, ...timers] : [...outside, ...timers.slice(0, -1)];
  const why = 'A run is a pure function of scenario, strategy and choices.';
  return {
    'no-restricted-globals': ['error', ...names.map((name) => ({ name, message: why }))],
    'no-restricted-properties': [
      'error',
      ...(model ? inexact : ['random']).map((property) => ({
        object: 'Math',
        property,
        message: 'Its last bits are not specified, or it is not ours to ask.',
      })),
    ],
    ...(model && {
      'no-restricted-syntax': [
        'error',
        ...houseStyle,
        ...namedExports,
        ...noBarrels,
        ...asynchrony,
        inexactPower,
      ],
    }),
  };
}

export default defineConfig(
  {
    ignores: [
      'dist/',
      'dist-bench/',
      'dist-fuzz/',
      'dist-mutants/',
      '.stryker-tmp/',
      'reports/',
      'coverage/',
      'node_modules/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Typed arrays are indexed all over the model; `!` costs nothing there and says what is
      // known.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: 'error',
      'max-lines': ['error', 250],
      'max-len': [
        'error',
        {
          code: 100,
          ignoreStrings: true,
          ignoreTemplateLiterals: true,
          ignoreRegExpLiterals: true,
        },
      ],
      'max-lines-per-function': ['error', 70],
      'no-restricted-syntax': ['error', ...houseStyle, ...namedExports, ...noBarrels],
    },
  },
  ...Object.entries(rooms).map(([room, rules]) => ({
    files: [`src/${room}/**/*.ts`],
    rules: { ...importRules(room, rules), ...purityRules(rules.purity) },
  })),
  {
    files: ['src/index.ts'],
    rules: { 'no-restricted-syntax': ['error', ...houseStyle, ...namedExports] },
  },
  {
    // A `describe` is one function that holds a whole file of stories.
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    // What a package without types exports is not ours to choose.
    files: ['**/*.d.ts', 'vitest.config.ts', 'vitest.mutation.config.ts'],
    rules: { 'no-restricted-syntax': ['error', ...houseStyle, ...noBarrels] },
  },
  {
    files: ['**/*.{js,mjs}'],
    languageOptions: {
      globals: { process: 'readonly', Buffer: 'readonly', URL: 'readonly' },
    },
  },
);
