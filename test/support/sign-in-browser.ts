import type { Answer } from './api.js';
import type { Person } from './declared-people.js';
import type { TestGatehouse } from './gatehouse.js';

const SESSIONS = '/v1/sessions';

/** A browser in front of `POST /v1/sessions`: it keeps what cookies it is given. */
export class SignInBrowser {
  private readonly kept = new Map<string, string>();

  constructor(
    private readonly server: TestGatehouse,
    private readonly person: Pick<Person, 'email' | 'password'>,
  ) {}

  /** Signs in with his password and whatever else. */
  async open(more: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const { email: identifier, password } = this.person;
    const cookie = [...this.kept].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await this.server.api.post(
      SESSIONS,
      { identifier, password, ...more },
      { ...(cookie === '' ? {} : { cookie }), ...headers },
    );
    for (const line of answer.headers.getSetCookie()) this.keep(line);
    return answer;
  }

  cookie(name: string): string | null {
    return this.kept.get(name) ?? null;
  }

  /** Puts a cookie there that was made elsewhere. */
  plant(name: string, value: string | null): this {
    if (value === null) throw new Error(`There is no cookie ${name} to plant`);
    this.kept.set(name, value);
    return this;
  }

  private keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (/; Max-Age=0(;|$)/.test(line)) this.kept.delete(name);
    else this.kept.set(name, value);
  }
}
