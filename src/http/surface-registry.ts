import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { nativeSurface, unclaimedPaths } from './native.surface.js';
import { routedPath } from './request-path.js';
import type { Surface } from './surface.js';

/** Which surface a request belongs to. Surfaces register while the application starts. */
@Injectable()
export class SurfaceRegistry {
  private readonly surfaces: Surface[] = [];
  private readonly byPrefix = new Map<string, Surface>();
  private readonly byPattern = new Map<string, Surface>();
  /** Segments of the longest prefix: a path is looked at no deeper, however long it is. */
  private depth = 0;

  constructor() {
    this.register(nativeSurface);
  }

  /**
   * Makes a surface known; from now on `find` answers it for its prefixes.
   * @throws Error when a prefix is badly written or another surface has it: the start must fail.
   */
  register(surface: Surface): void {
    for (const prefix of surface.segments) {
      if (!/^(\/[^/?#%\s]+)+$/.test(prefix)) {
        throw new Error(`Surface ${surface.name}: ${prefix} is not a prefix of whole segments`);
      }
      const owner = this.byPrefix.get(prefix);
      if (owner) throw new Error(`Surfaces ${owner.name} and ${surface.name} both claim ${prefix}`);
    }
    for (const prefix of surface.segments) {
      this.byPrefix.set(prefix, surface);
      this.depth = Math.max(this.depth, prefix.split('/').length - 1);
    }
    this.surfaces.push(surface);
    this.byPattern.clear();
  }

  /**
   * The surface that owns a request target: the longest prefix of whole segments wins (`/api/user` is
   * not `/api/users`). Where nobody claims the path it is `unclaimedPaths`, which answers as the native
   * surface does.
   */
  find(target: string): Surface {
    const path = routedPath(target);
    let found = unclaimedPaths;
    let end = 0;
    for (let segment = 0; segment < this.depth && end !== -1; segment += 1) {
      end = path.indexOf('/', end + 1);
      found = this.byPrefix.get(end === -1 ? path : path.slice(0, end)) ?? found;
    }
    return found;
  }

  /**
   * The surface of a request, by the pattern of the route that will answer it: the carriers that count
   * are always those of the handler's own surface, however the path was spelt.
   */
  of(request: FastifyRequest): Surface {
    const pattern = request.routeOptions.url;
    if (pattern === undefined || pattern.includes('*')) return this.find(request.originalUrl);
    const known = this.byPattern.get(pattern);
    if (known) return known;
    const surface = this.find(pattern);
    this.byPattern.set(pattern, surface);
    return surface;
  }

  /** Every surface, the native one first. */
  all(): readonly Surface[] {
    return this.surfaces;
  }
}
