import { describe, expect, it } from 'vitest';
import { createRedaction, USUAL_REDACTION } from './redact.ts';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW5lIn0.c2lnbmF0dXJl';
const { headers, path } = USUAL_REDACTION;
const shown = (name: string, value = 'plain-words') => headers([{ name, value }])[0]?.value;

describe('headers(headers)', () => {
  it.each([
    ...['authorization', 'Cookie', 'set-cookie', 'proxy-authorization', 'x-api-key', 'x-authorization'],
    ...['x-forwarded-authorization', 'api_key', 'apikey', 'x-access-key', 'x-auth-key', 'x-private-key'],
    ...['session', 'x-amzn-oidc-data', 'x-amzn-oidc-accesstoken', 'authorization-bin', 'dpop', 'x-otp'],
    ...['ocp-apim-subscription-key', 'x-functions-key', 'x-rapidapi-key', 'sec-websocket-protocol'],
    ...['x-goog-iam-credentials', 'x-hub-signature-256', 'X-User-Password', 'x-jwt-assertion', 'xApiKey'],
  ])('withholds %s by its name', (name) => {
    expect(shown(name)).toBeNull();
  });

  it.each([
    ['x-user', JWT],
    ['x-forwarded-user', `Bearer ${JWT}`],
    ['x-custom', 'Basic amFuZTpzZWNyZXQ='],
    ['x-id', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['x-id', '4f1d8aa90be0573c4f1d8aa90be0573c'],
    ['x-id', 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY12'],
    ['traceparent', `00-${JWT}`],
  ])('withholds the value of %s that looks like a secret: %s', (name, value) => {
    expect(shown(name, value)).toBeNull();
  });

  it.each([
    [':authority', 'web.shop.svc.cluster.local:8080'],
    ['user-agent', 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)'],
    ['traceparent', '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01'],
    ['x-request-id', '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
    ['x-id', '7d444840-9dc0-11d1-b245-5ffdce74fad2'],
    ['etag', '"33a64df551425fcc55e4d42a148795d9f25f89d4"'],
    ['l5d-client-id', 'web.shop.serviceaccount.identity.linkerd.cluster.local'],
    ['content-type', 'application/vnd.kubernetes.protobuf;stream=watch'],
    ['x-forwarded-for', '10.42.0.17, 10.42.1.9'],
  ])('shows %s: %s', (name, value) => {
    expect(shown(name, value)).toBe(value);
  });

  it.each([
    [':path', '/cb?code=4711&page=2', '/cb?code=[withheld]&page=2'],
    [
      'location',
      'https://jane:pw@id.example/cb#access_token=abc',
      'https://[withheld]@id.example/cb#access_token=[withheld]',
    ],
    [
      'referer',
      'https://shop.example/?session_id=7&q=tea',
      'https://shop.example/?session_id=[withheld]&q=tea',
    ],
  ])('withholds what is secret in the address that %s has', (name, value, open) => {
    expect(shown(name, value)).toBe(open);
  });

  it('has looked at values that begin a token again and again before anybody notices', () => {
    const started = performance.now();
    for (const value of ['eyJ'.repeat(40_000), `${'eyJaaaaaa'.repeat(13_000)}.`]) {
      expect(shown('x-id', value)).toBe(value);
      expect(path(`/${value}?a=${value}`)).toBe(`/${value}?a=${value}`);
    }
    expect(performance.now() - started).toBeLessThan(1_000);
  });

  it('shows what was allowed by name, and nothing at all when headers are off', () => {
    const allowing = createRedaction({ mode: 'on', shown: ['x-idempotency-key'] });
    expect(allowing.headers([{ name: 'X-Idempotency-Key', value: 'order-7' }])[0]?.value).toBe('order-7');
    const off = createRedaction({ mode: 'off', shown: ['accept'] });
    expect(off.headers([{ name: 'accept', value: '*/*' }])).toEqual([]);
  });
});

describe('path(path)', () => {
  it.each([
    ['/search?q=tea&token=abc&lang=en', '/search?q=tea&token=[withheld]&lang=en'],
    ['/v1?api_key=1&apiKey=2;sig=3', '/v1?api_key=[withheld]&apiKey=[withheld];sig=[withheld]'],
    [`/reset/${JWT}/form`, '/reset/[withheld]/form'],
    [`/x?user=${JWT}`, '/x?user=[withheld]'],
    [
      '/orders/7d444840-9dc0-11d1-b245-5ffdce74fad2?page=2',
      '/orders/7d444840-9dc0-11d1-b245-5ffdce74fad2?page=2',
    ],
    ['/emojivoto.v1.EmojiService/FindByShortcode', '/emojivoto.v1.EmojiService/FindByShortcode'],
    ['/?token=', '/?token='],
    ['/%', '/%'],
  ])('of %s is %s', (given, open) => {
    expect(path(given)).toBe(open);
  });
});
