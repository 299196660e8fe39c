import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DomainError } from '../common/domain-error.js';
import { ForeignOrigin } from '../common/errors.js';
import { ACCESS_RULE, RECENT, type AccessRule } from '../common/security/access.js';
import { Clock } from '../common/clock.js';
import type { Principal } from '../common/security/principal.js';
import { Config } from '../config/config.js';
import '../http/fastify-request.js';
import { isForeignBrowserRequest } from '../http/request-origin.js';
import { RequestLimits } from '../http/request-limits.js';
import { Carriers } from './carriers.js';
import {
  CredentialMissing,
  CredentialUnknown,
  InsufficientRights,
  ReauthenticationRequired,
} from './grants.errors.js';
import { mayCall, type ClosedRule } from './may-call.js';

/**
 * Decides who may call a handler: closed until a rule opens it. On success `request.principal` is
 * the caller, or null where none is needed.
 */
@Injectable()
export class PrincipalGuard implements CanActivate {
  private readonly rules = new WeakMap<object, AccessRule>();

  constructor(
    private readonly carriers: Carriers,
    private readonly limits: RequestLimits,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  canActivate(context: ExecutionContext): true | Promise<true> {
    const rule = this.ruleOf(context.getHandler());
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    request.credentialRoute = rule.sensitive;
    if (rule.ownOrigin && isForeignBrowserRequest(request.headers, this.config.links.linkOrigins)) {
      throw new ForeignOrigin();
    }
    if (rule.public && rule.credential === 'ignored' && !rule.limited) return true;
    return this.decide(rule, request);
  }

  private async decide(rule: AccessRule, request: FastifyRequest): Promise<true> {
    if (rule.limited) await this.limits.consume(request.ip, request.routeOptions.url ?? '');
    if (rule.public && rule.credential === 'ignored') return true;
    const isTold = rule.public && rule.credential === 'told';
    request.principal = isTold ? await this.whoever(request) : await this.authenticate(request);
    if (!rule.public) this.assertAllowed(rule, request.principal, request.surface.name);
    return true;
  }

  /** Who is in the middle of signing in shows his temporary token in a body: as a carrier it opens nothing. */
  private async authenticate(request: FastifyRequest): Promise<Principal | null> {
    const principal = await this.carriers.authenticate(request, request.surface.carriers);
    if (principal?.kind === 'pending') throw new CredentialUnknown();
    return principal;
  }

  private async whoever(request: FastifyRequest): Promise<Principal | null> {
    try {
      return await this.authenticate(request);
    } catch (error) {
      if (error instanceof DomainError && error.kind === 'unauthenticated') return null;
      throw error;
    }
  }

  private ruleOf(handler: object): AccessRule {
    const known = this.rules.get(handler);
    if (known) return known;
    const rule = Reflect.getMetadata(ACCESS_RULE, handler) as AccessRule | undefined;
    if (!rule) throw new InsufficientRights();
    this.rules.set(handler, rule);
    return rule;
  }

  private assertAllowed(rule: ClosedRule, principal: Principal | null, surface: string): void {
    if (principal === null) throw new CredentialMissing();
    if (!mayCall(rule, principal, surface)) throw new InsufficientRights();
    if (principal.kind !== 'user' || !rule.session.startsWith('recent')) return;
    if (this.clock.now() - principal.authenticatedAt > RECENT) throw new ReauthenticationRequired();
  }
}
