import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { FolderMediaStorage } from './folder-media-storage.js';
import { newMediaName } from './media-name.js';

describe('the folder of media', () => {
  let parent: string;
  let folder: string;
  let storage: FolderMediaStorage;

  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'media-'));
    folder = join(parent, 'media');
    storage = new FolderMediaStorage(folder);
  });
  afterEach(() => rmSync(parent, { recursive: true, force: true }));

  it('gives back what it was given, as nobody else’s file', async () => {
    const name = newMediaName('png');
    await storage.put(name, Buffer.from('picture'));
    const file = await storage.open(name);
    expect(file?.size).toBe(7);
    expect((await buffer(file!.stream())).toString()).toBe('picture');
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual([name]);
  });

  it('has nothing under a name that was removed or never given', async () => {
    const name = newMediaName('png');
    expect(await storage.open(name)).toBeNull();
    await storage.remove(name);
    await storage.put(name, Buffer.from('picture'));
    await storage.remove(name);
    expect(await storage.open(name)).toBeNull();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('removes what an interrupted writing left', async () => {
    const [name, other] = [newMediaName('webp'), newMediaName('webp')];
    await storage.put(other, Buffer.from('other'));
    writeFileSync(join(folder, `${name}.part`), 'half');
    await storage.remove(name);
    expect(readdirSync(folder)).toEqual([other]);
  });

  it('makes no path of anything but a name', async () => {
    writeFileSync(join(parent, 'secret.key'), 'secret');
    for (const text of ['../secret.key', '/etc/passwd', '..', '', 'x.png']) {
      await expect(storage.open(text)).rejects.toThrow('Not a name of media');
      await expect(storage.put(text, Buffer.from('x'))).rejects.toThrow('Not a name of media');
      await expect(storage.remove(text)).rejects.toThrow('Not a name of media');
    }
    expect(readdirSync(parent)).toEqual(['secret.key']);
  });
});
