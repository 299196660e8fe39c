import { mkdir, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { mediaTypeOf } from './media-name.js';
import { MediaStorage, type OpenMedia } from './media-storage.js';

/** Media in a folder that is the process's alone. Several nodes share one folder. */
export class FolderMediaStorage extends MediaStorage {
  constructor(private readonly folder: string) {
    super();
  }

  override async put(name: string, bytes: Buffer): Promise<void> {
    const path = this.pathOf(name);
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    try {
      await writeThrough(draftOf(path), bytes);
      await rename(draftOf(path), path);
      await syncFolder(this.folder);
    } catch (error) {
      await this.remove(name);
      throw error;
    }
  }

  override async open(name: string): Promise<OpenMedia | null> {
    const file = await openExisting(this.pathOf(name));
    if (!file) return null;
    const { size } = await file.stat();
    return { size, stream: () => file.createReadStream(), close: () => file.close() };
  }

  override async remove(name: string): Promise<void> {
    const path = this.pathOf(name);
    await rm(draftOf(path), { force: true });
    await rm(path, { force: true });
  }

  private pathOf(name: string): string {
    if (mediaTypeOf(name) === null) throw new Error('Not a name of media');
    return join(this.folder, name);
  }
}

const draftOf = (path: string) => `${path}.part`;

async function writeThrough(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** A renamed file is there after a power cut only once its folder is on disk too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function openExisting(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
