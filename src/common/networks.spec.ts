import { isAddressIn, isNetwork } from './networks.js';

describe('networks', () => {
  it.each([
    [[], '203.0.113.9', true],
    [['127.0.0.1/32'], '127.0.0.1', true],
    [['127.0.0.1'], '::ffff:127.0.0.1', true],
    [['127.0.0.1/32'], '127.0.0.2', false],
    [['10.0.0.0/8', '192.0.2.1'], '192.0.2.1', true],
    [['2001:db8::/32'], '2001:db8:1::1', true],
    [['2001:db8::/32'], '2001:db9::1', false],
    [['::1'], '::1', true],
    [['10.0.0.0/8'], '::1', false],
    [['10.0.0.0/8'], '', false],
    [['10.0.0.0/8'], 'nonsense', false],
    [['fe80::1%a-b', '::1'], '::1', true],
    [['fe80::1%a-b'], '::1', false],
  ])('%j lets %s in: %s', (networks, address, isIn) => {
    expect(isAddressIn(networks, address)).toBe(isIn);
  });

  it.each([
    ['127.0.0.1', true],
    ['127.0.0.0/8', true],
    ['::/0', true],
    ['127.0.0.1/33', false],
    ['010.0.0.1', false],
    ['1.2', false],
    ['127.0.0.1/8/8', false],
    ['127.0.0.1/0000000008', false],
    ['fe80::1%eth0', false],
    ['fe80::1%a-b', false],
    ['fe80::1%eth0/64', false],
    [`fe80::1%${'x'.repeat(9_000)}`, false],
    ['localhost', false],
    ['', false],
  ])('%s is a network: %s', (text, is) => expect(isNetwork(text)).toBe(is));
});
