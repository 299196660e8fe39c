import type { Principal } from '../common/security/principal.js';
import type { Surface } from './surface.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, set by the guard; null for nobody. */
    principal: Principal | null;
    /** The surface of the handler, set before everything else that looks at the request. */
    surface: Surface;
    /** Set by who knows that the route takes a secret or sends mail: then its refusals are logged. */
    credentialRoute: boolean;
  }
}
