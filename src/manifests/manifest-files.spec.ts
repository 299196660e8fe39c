import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readManifestFiles } from './manifest-files.js';

describe('readManifestFiles', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'manifests-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);
  const faultsOf = async (content: string | Buffer) => {
    write('a.yaml', content);
    return (await readManifestFiles(folder)).faults;
  };

  it('reads *.yaml and *.yml in order of their names, every document of them, and nothing else', async () => {
    write('b.yml', 'n: 3\n');
    write('a.yaml', '# first\n---\nn: 1\n---\n---\nn: 2\n');
    write('notes.txt', 'n: 9\n');
    write('.hidden.yaml', 'n: 9\n');
    write('only-comments.yaml', '# nothing\n');
    mkdirSync(join(folder, 'below.yaml'));
    write('below.yaml/c.yaml', 'n: 9\n');
    expect(await readManifestFiles(folder)).toEqual({
      documents: [
        { file: 'a.yaml', index: 1, value: { n: 1 } },
        { file: 'a.yaml', index: 3, value: { n: 2 } },
        { file: 'b.yml', index: 1, value: { n: 3 } },
      ],
      faults: [],
    });
  });

  it('follows links, as Kubernetes mounts files, and tells of one that leads nowhere', async () => {
    mkdirSync(join(folder, '..data'));
    write('..data/a.yaml', 'n: 1\n');
    symlinkSync('..data/a.yaml', join(folder, 'a.yaml'));
    symlinkSync('..data/gone.yaml', join(folder, 'b.yaml'));
    expect(await readManifestFiles(folder)).toEqual({
      documents: [{ file: 'a.yaml', index: 1, value: { n: 1 } }],
      faults: [{ file: 'b.yaml', message: 'cannot be read (ENOENT)' }],
    });
  });

  it('tells that the folder is missing, or is none', async () => {
    const missing = join(folder, 'missing');
    expect((await readManifestFiles(missing)).faults).toEqual([
      { file: missing, message: 'the folder that MANIFESTS_DIR names does not exist' },
    ]);
    write('file', '');
    expect((await readManifestFiles(join(folder, 'file'))).faults).toEqual([
      { file: join(folder, 'file'), message: 'the folder that MANIFESTS_DIR names cannot be read (ENOTDIR)' },
    ]);
  });

  it('refuses a file that is too large or not UTF-8', async () => {
    expect(await faultsOf(Buffer.alloc(5 * 1024 * 1024 + 1, '#'))).toEqual([
      { file: 'a.yaml', message: 'is larger than 5 MiB' },
    ]);
    expect(await faultsOf(Buffer.from([0x61, 0x3a, 0x20, 0xff]))).toEqual([
      { file: 'a.yaml', message: 'is not UTF-8 text' },
    ]);
  });

  it('tells the document and line of a fault in the YAML, and keeps the other documents', async () => {
    write('a.yaml', 'n: 1\n---\nn: 2\nm: 1\nn: 3\n---\nn: 4\n');
    expect(await readManifestFiles(folder)).toEqual({
      documents: [
        { file: 'a.yaml', index: 1, value: { n: 1 } },
        { file: 'a.yaml', index: 3, value: { n: 4 } },
      ],
      faults: [
        { file: 'a.yaml', document: 2, line: 5, message: 'a field is given twice in the same mapping' },
      ],
    });
  });

  it.each([
    ['a custom tag', 'a: !js/function hunter2\n'],
    ['a tag of YAML 1.1', 'a: !!binary aHVudGVyMg==\n'],
    ['an unknown directive', '%HUNTER2 1\n---\na: 1\n'],
    ['a wrong escape', 'a: "\\hunter2"\n'],
    ['an open quote', 'a: "hunter2\n'],
    ['a forgotten space', 'password:hunter2\nb: 1\n'],
    ['a bracket too many', 'a: 1\nhunter2]: [}\n'],
    ['a key that is no text', '? [hunter2]\n: 1\n'],
    ['a tab', '\thunter2: 1\n'],
    ['an unknown alias', 'a: *hunter2\n'],
    ['deep brackets', '['.repeat(100_000)],
    ['deep lists', `${'- '.repeat(100_000)}hunter2`],
  ])('refuses %s and quotes nothing of it', async (_what, content) => {
    const faults = await faultsOf(content);
    expect(faults).not.toEqual([]);
    expect(JSON.stringify(faults)).not.toMatch(/hunter2/i);
  });

  it('refuses aliases that multiply', async () => {
    const levels = Array.from({ length: 20 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}, *a${i}]`);
    expect(await faultsOf(`a0: &a0 [x, x]\n${levels.join('\n')}\n`)).toEqual([
      {
        file: 'a.yaml',
        document: 1,
        message: 'an alias names no anchor before it, or aliases are used too often',
      },
    ]);
  });

  it('takes a merge key for an ordinary one, whatever version a directive asks for', async () => {
    write('a.yaml', '%YAML 1.1\n---\na: &a {b: yes}\nc: {<<: *a}\n');
    const { documents } = await readManifestFiles(folder);
    expect(documents[0]?.value).toEqual({ a: { b: 'yes' }, c: { '<<': { b: 'yes' } } });
  });
});
