import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Copy, DockerfileParser, type Instruction } from 'dockerfile-ast';

/** What a Dockerfile makes, as folders in the place of images; the base images are the machine's own programs. */
export interface Built {
  /** What is the root folder in a container. */
  readonly root: string;
  readonly workdir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly command: readonly string[];
  readonly healthcheck: readonly string[];
}

/** What npm needs to know of this machine: where its registry is, and how it gets there. */
const waysToTheRegistry = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => /^(HOME|NODE_EXTRA_CA_CERTS|SSL_CERT_\w+|\w+_proxy|npm_config_\w+)$/i.test(name)));

interface Stage extends Built {
  readonly name: string;
}

/** The names that a `.dockerignore` lets through that shuts out everything else. */
export function allowed(dockerignore: string): string[] {
  const [first, ...rest] = dockerignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  if (first !== '*' || rest.some((line) => !/^![\w.-]+$/.test(line))) throw new Error('.dockerignore has to shut out everything but names');
  return rest.map((line) => line.slice(1));
}

/**
 * Does the steps of a Dockerfile in a folder, each as Docker would; a step that is not known fails.
 *
 * @param path the folders in which programs are looked for
 */
export function build(context: string, target: string, path: string): Built {
  const open = new Set(allowed(readFileSync(join(context, '.dockerignore'), 'utf8')));
  const stages: Stage[] = [];
  for (const instruction of DockerfileParser.parse(readFileSync(join(context, 'Dockerfile'), 'utf8')).getInstructions()) {
    const words = instruction.getArguments().map((argument) => argument.getValue());
    if (instruction.getKeyword() === 'FROM') {
      const root = join(target, String(stages.length));
      mkdirSync(root, { recursive: true });
      stages.push({ name: words[2] ?? '', root, workdir: '/', env: {}, user: '0', command: [], healthcheck: [] });
    } else {
      const stage = stages.pop()!;
      stages.push({ ...stage, ...step(instruction, words, stage) });
    }
  }
  return stages.at(-1)!;

  function step(instruction: Instruction, words: readonly string[], stage: Stage): Partial<Stage> {
    switch (instruction.getKeyword()) {
      case 'WORKDIR':
        mkdirSync(join(stage.root, words[0]!), { recursive: true });
        return { workdir: words[0]! };
      case 'ENV':
        return { env: { ...stage.env, ...Object.fromEntries(words.map((word) => word.split('='))) } };
      case 'RUN': {
        const env = { ...waysToTheRegistry, PATH: path, ...stage.env };
        const script = /^RUN\s+([^]*)$/.exec(instruction.getTextContent())![1]!;
        execFileSync('sh', ['-ec', script], { cwd: join(stage.root, stage.workdir), env, stdio: ['ignore', 'pipe', 'pipe'] });
        return {};
      }
      case 'COPY':
        copy(words, (instruction as Copy).getFlags().find((flag) => flag.getName() === 'from')?.getValue() ?? null, stage);
        return {};
      case 'USER':
        return { user: words[0]! };
      case 'EXPOSE':
        return {};
      case 'CMD':
        return { command: wordsOf(instruction) };
      case 'HEALTHCHECK':
        return { healthcheck: wordsOf(instruction) };
      default:
        throw new Error(`Unknown: ${instruction.getKeyword()}`);
    }
  }

  function copy(words: readonly string[], from: string | null, stage: Stage): void {
    const destination = resolve('/', stage.workdir, words.at(-1)!);
    const origin = from === null ? context : stages.find(({ name }) => name === from)!.root;
    for (const source of words.slice(0, -1)) {
      if (from === null && !open.has(source)) throw new Error(`.dockerignore keeps ${source} out`);
      const path = join(origin, source);
      const isFolder = statSync(path).isDirectory();
      mkdirSync(join(stage.root, destination), { recursive: true });
      execFileSync('cp', ['-a', isFolder ? `${path}/.` : path, `${join(stage.root, destination)}/`]);
    }
  }
}

/** The list of words of a command; one that a shell would have to read fails. */
function wordsOf(instruction: Instruction): string[] {
  const list = /(?:^|\s)CMD\s+(\[[^]*\])$/.exec(instruction.getTextContent())?.[1];
  if (list === undefined) throw new Error(`${instruction.getKeyword()} has to be a list`);
  return JSON.parse(list) as string[];
}
