import { outcome } from '../../support/api.js';
import { startTestGatehouse, type TestGatehouse } from '../../support/gatehouse.js';
import {
  adminBody,
  BAD_JWT,
  DATA,
  DATE,
  FORBIDDEN,
  FULL_ADMIN,
  hire,
  keyHeader,
  LIST,
  makeAdmin,
  makeMember,
  MASTER,
  NOT_FOUND,
  REPORTER_ADMIN,
  signInAt,
  SUPER_ADMIN,
  UNAUTHENTICATED,
  type Member,
} from './people.js';

/** First and last names of those who are hired, in this order; two share a last name. */
const NAMES = [
  'Ada Young',
  'Bob Xavier',
  'Cyd Wood',
  'Dan Wood',
  'Eve Vane',
  'Fay Unger',
  'Gil Tate',
  'Hal Snow',
  'Ivy Reed',
];

describe('reading administrators', () => {
  let server: TestGatehouse;
  let chief: Member;
  let manager: Member;
  let customer: Member;
  let seller: Member;
  /** Ids and addresses of the hired, by first name. */
  const staff = new Map<string, { id: string; email: string }>();

  beforeAll(async () => {
    server = await startTestGatehouse({ MASTER_API_KEY: MASTER });
    chief = await makeAdmin(server, 'admin', { name: 'chief', firstName: 'Zoe', lastName: 'Zola' });
    manager = await makeAdmin(server, 'manager', { name: 'manager', firstName: 'Yan', lastName: 'Zola' });
    customer = await makeMember(server, 'customer', { email: 'customer@example.com' });
    seller = await makeMember(server, 'seller', { email: 'seller@example.com' });
    for (const name of NAMES) {
      const [firstName, lastName] = name.split(' ') as [string, string];
      const { uid, email } = await hire(server, chief, { firstName, lastName });
      staff.set(firstName, { id: uid, email });
    }
  });
  afterAll(() => server.stop());

  const bodyOf = (firstName: string) => {
    const { id, email } = staff.get(firstName)!;
    const lastName = NAMES.find((name) => name.startsWith(firstName))!.split(' ')[1];
    return adminBody(id, email, { firstName, lastName });
  };
  const list = (query = '', headers = manager.headers) => server.api.get(`${LIST}${query}`, headers);
  const firstNames = async (query: string) => {
    const { status, body } = await list(query);
    expect(status).toBe(200);
    return (body.users as { firstName?: string }[]).map((user) => user.firstName);
  };

  describe('GET /api/admin', () => {
    it('answers the first ten by last name with the number of all, whole', async () => {
      const first = {
        id: expect.any(String) as string,
        username: 'admin',
        isActive: true,
        createAt: expect.stringMatching(DATE) as string,
        roles: [SUPER_ADMIN],
        email: 'admin@id.gatehouse.test',
        external: false,
        dtype: 'admin',
      };
      const byLastName = ['Ivy', 'Hal', 'Gil', 'Fay', 'Eve', 'Cyd', 'Dan', 'Bob', 'Ada'];
      expect(outcome(await list())).toEqual({
        status: 200,
        body: { users: [first, ...byLastName.map(bodyOf)], total: 12 },
      });
      expect((await list('?page=2')).body).toEqual({
        users: [
          adminBody(chief.uid, chief.email, {
            username: 'chief',
            firstName: 'Zoe',
            lastName: 'Zola',
            roles: [FULL_ADMIN],
          }),
          adminBody(manager.uid, manager.email, {
            username: 'manager',
            firstName: 'Yan',
            lastName: 'Zola',
            roles: [REPORTER_ADMIN],
          }),
        ],
        total: 12,
      });
    });

    it.each([
      ['', '?perPage=3', [undefined, 'Ivy', 'Hal']],
      ['the second page', '?perPage=3&page=2', ['Gil', 'Fay', 'Eve']],
      ['a page of one', '?perPage=1&page=12', ['Yan']],
      ['a page behind the last', '?perPage=10&page=3', []],
      ['a page far behind the last', '?page=999999999', []],
      ['page 0 as the first', '?perPage=2&page=0', [undefined, 'Ivy']],
      ['a negative page as the first', '?perPage=2&page=-1', [undefined, 'Ivy']],
      ['a page that is no number as the first', '?perPage=2&page=x', [undefined, 'Ivy']],
    ])('pages: %s (%s)', async (_, query, expected) => {
      expect(await firstNames(query)).toEqual(expected);
    });

    it.each(['0', '-1', '1001', 'x', '', '1.5', '1e1', '99999999999999999999', '2&perPage=3'])(
      'takes perPage=%s as 10',
      async (perPage) => {
        const { status, body } = await list(`?perPage=${perPage}`);
        expect({ status, count: body.users.length, total: body.total }).toEqual({
          status: 200,
          count: 10,
          total: 12,
        });
      },
    );

    it('shows up to a thousand a page', async () => {
      expect(await firstNames('?perPage=1000')).toHaveLength(12);
    });

    it('sorts by what is asked for, upward unless told otherwise; of equals the older one stands first', async () => {
      expect(await firstNames('?sort=firstName&perPage=4&page=1')).toEqual([undefined, 'Ada', 'Bob', 'Cyd']);
      expect(await firstNames('?sort=firstName&direction=desc&perPage=3')).toEqual(['Zoe', 'Yan', 'Ivy']);
      expect(await firstNames('?sort=lastName&direction=desc&perPage=6')).toEqual([
        'Zoe',
        'Yan',
        'Ada',
        'Bob',
        'Cyd',
        'Dan',
      ]);
      expect(await firstNames('?sort=createAt&direction=asc&perPage=4')).toEqual([
        undefined,
        'Zoe',
        'Yan',
        'Ada',
      ]);
      expect(await firstNames('?sort=email&direction=asc&perPage=3')).toEqual([undefined, 'Zoe', 'Ada']);
      expect(await firstNames('?sort=username&direction=desc&perPage=2')).toEqual(['Yan', 'Ivy']);
      expect(await firstNames('?sort=isActive&perPage=3')).toEqual([undefined, 'Zoe', 'Yan']);
      expect(await firstNames('?sort=isActive&direction=desc&perPage=3')).toEqual([undefined, 'Zoe', 'Yan']);
    });

    it('sorts by the first column for one that there is not, and downward for an odd direction', async () => {
      const ids = async (query: string) => {
        const { body } = await list(query);
        return (body.users as { id: string }[]).map((user) => user.id);
      };
      const upward = (await ids('?sort=id&perPage=1000')).sort();
      for (const sort of ['nonsense', 'password_hash', 'constructor', '__proto__', 'id;DROP TABLE users']) {
        expect(await ids(`?sort=${encodeURIComponent(sort)}&perPage=1000`)).toEqual(upward);
      }
      for (const direction of ['desc', 'DESC', 'ASC', 'x']) {
        expect(await ids(`?sort=id&direction=${direction}&perPage=1000`)).toEqual([...upward].reverse());
      }
    });

    it('is for who may view administrators', async () => {
      const free = await makeAdmin(server, 'member', {
        email: 'free@staff.example',
        firstName: 'Free',
        lastName: 'Zzz',
      });
      for (const { headers } of [free, customer, seller]) {
        expect(outcome(await list('', headers))).toEqual(FORBIDDEN);
        expect(outcome(await list('?perPage=x&sort=x', headers))).toEqual(FORBIDDEN);
      }
      expect(outcome(await server.api.get(LIST))).toEqual(UNAUTHENTICATED);
      expect((await list('', keyHeader(MASTER))).status).toBe(200);
    });
  });

  describe('GET /api/admin/data', () => {
    it('is one’s own record, without any permission', async () => {
      const free = await makeAdmin(server, 'member', { name: 'free', email: 'rightless@staff.example' });
      expect(outcome(await server.api.get(DATA, free.headers))).toEqual({
        status: 200,
        body: adminBody(free.uid, free.email, { username: 'free', roles: [] }),
      });
      expect((await server.api.get(`${DATA}/`, manager.headers)).body).toMatchObject({ id: manager.uid });
    });

    it('is nobody’s for the configured key, which may do everything', async () => {
      expect(outcome(await server.api.get(DATA, keyHeader(MASTER)))).toEqual({
        status: 200,
        body: {
          id: '86b0c8ad-dadc-4d9f-8a72-8b55b9f81c3d',
          username: 'api',
          isActive: true,
          roles: [SUPER_ADMIN],
          external: true,
          dtype: 'admin',
        },
      });
    });

    it('is for administrators alone', async () => {
      for (const { headers } of [customer, seller])
        expect(outcome(await server.api.get(DATA, headers))).toEqual(FORBIDDEN);
      expect(outcome(await server.api.get(DATA))).toEqual(UNAUTHENTICATED);
      expect(outcome(await server.api.get(DATA, { authorization: 'Bearer x' }))).toEqual(BAD_JWT);
    });
  });

  describe('GET /api/admin/data/{id}', () => {
    it('shows one administrator to who may view them', async () => {
      const { id } = staff.get('Ada')!;
      for (const path of [id, id.toUpperCase(), `${id}/`]) {
        expect(outcome(await server.api.get(`${DATA}/${path}`, manager.headers))).toEqual({
          status: 200,
          body: bodyOf('Ada'),
        });
      }
      expect((await server.api.get(`${DATA}/${id}`, keyHeader(MASTER))).body).toEqual(bodyOf('Ada'));
    });

    it('answers 404 for an unknown id and for who is no administrator, never oneself', async () => {
      for (const id of [
        '49297d80-e924-479a-8fcc-27e15f7a12e7',
        customer.uid,
        seller.uid,
        'nonsense',
        '86b0c8ad-dadc-4d9f-8a72-8b55b9f81c3d',
      ]) {
        expect(outcome(await server.api.get(`${DATA}/${id}`, chief.headers))).toEqual(NOT_FOUND);
      }
    });

    it('refuses everybody else alike, whether there is such a one or not', async () => {
      const free = await makeAdmin(server, 'member', { email: 'blind@staff.example' });
      const seen = await signInAt(server, 'customer', customer);
      for (const id of [chief.uid, customer.uid, 'nonsense']) {
        for (const headers of [free.headers, seller.headers, seen]) {
          expect(outcome(await server.api.get(`${DATA}/${id}`, headers))).toEqual(FORBIDDEN);
        }
        expect(outcome(await server.api.get(`${DATA}/${id}`))).toEqual(UNAUTHENTICATED);
      }
    });
  });
});
