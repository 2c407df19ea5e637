// The layering of the kit: data flows one way, a stage sees its own folder, the types of a target and the
// list of problems; the pipeline alone knows all stages.
const stage = (name, also = []) => ({
  name: `layer-${name}`,
  comment: `src/${name}/ imports only itself, the target contract, problems and: ${also.join(', ') || 'nothing else'}`,
  severity: 'error',
  from: { path: `^src/${name}/` },
  to: {
    path: '^src/',
    pathNot: [`^src/${name}/`, '^src/target/', '^src/problems\\.ts$', ...also.map((p) => `^src/${p}`)],
  },
});

module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      from: { orphan: true, pathNot: ['\\.d\\.ts$', '^targets/[^/]+/target\\.ts$'] },
      to: {},
    },
    {
      name: 'problems-is-a-leaf',
      severity: 'error',
      from: { path: '^src/problems\\.ts$' },
      to: { path: '^src/' },
    },
    {
      name: 'target-is-below-all-stages',
      severity: 'error',
      from: { path: '^src/target/' },
      to: { path: '^src/', pathNot: ['^src/target/', '^src/problems\\.ts$', '^src/package\\.ts$'] },
    },
    {
      name: 'no-target-by-name-in-src',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^targets/' },
    },
    {
      name: 'targets-know-the-contract-only',
      severity: 'error',
      from: { path: '^targets/' },
      to: { path: '^src/', pathNot: ['^src/target/'] },
    },
    stage('parse', ['package\\.ts$']),
    stage('languages', ['parse/']),
    stage('sites', ['languages/', 'parse/grammar\\.ts$']),
    stage('evidence', ['languages/', 'sites/', 'classify/']),
    stage('discover', ['languages/', 'sites/', 'evidence/']),
    stage('classify'),
    stage('edits'),
    stage('lock'),
    stage('review', ['classify/', 'lock/']),
    stage('check', ['classify/', 'edits/']),
    stage('series'),
    stage('source', ['package\\.ts$', 'programs/']),
    stage('prove', ['programs/', 'package\\.ts$', 'source/(?:cache|disk|partial)\\.ts$']),
    stage('programs'),
    stage('report', ['classify/', 'discover/', 'evidence/', 'review/', 'deploy/', 'source/bytes\\.ts$']),
    stage('sourcing', ['parse/', 'languages/(?:perl/regions|python/(?:grammar|parts)|regions)\\.ts$']),
    stage('deploy', ['sourcing/', 'source/bytes\\.ts$']),
    stage('runtime', ['package\\.ts$']),
    stage('render', ['package\\.ts$']),
    stage('skeleton', ['package\\.ts$', 'languages/registry\\.ts$']),
    stage('write', ['source/(?:bytes|disk|reading)\\.ts$']),
    stage('verify', ['series/', 'programs/']),
    stage('formats', ['series/', 'review/', 'package\\.ts$']),
    {
      name: 'commands-are-thin',
      severity: 'error',
      from: { path: '^src/(?!commands/|cli\\.ts$|build/)' },
      to: { path: '^src/(commands/|cli\\.ts$)' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
};
