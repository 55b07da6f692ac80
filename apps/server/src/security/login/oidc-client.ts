// The conversation with an issuer of OpenID Connect: where to send somebody, and who came back. Code flow with PKCE.

import * as openid from 'openid-client';

export interface OidcClientOptions {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: string;
}

/** What has to be remembered between going and coming back. */
export interface OidcFlow {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface OidcClient {
  begin(back: string): Promise<{ readonly address: string; readonly flow: OidcFlow }>;
  /** The claims of whoever came back; throws when they are not whom we sent. */
  finish(current: URL, flow: OidcFlow): Promise<Readonly<Record<string, unknown>>>;
  /** Where the login itself ends; null where the issuer does not say. */
  endAddress(): Promise<string | null>;
}

const WITHIN_SECONDS = 10;

export function createOidcClient({ issuer, clientId, clientSecret, scopes }: OidcClientOptions): OidcClient {
  let known: Promise<openid.Configuration> | null = null;

  /** Asked when first needed, and again after a failure: an issuer that is away must not keep this server from starting. */
  function configuration(): Promise<openid.Configuration> {
    known ??= discover().catch((error) => {
      known = null;
      throw error;
    });
    return known;
  }

  async function discover(): Promise<openid.Configuration> {
    const server = new URL(issuer);
    return openid.discovery(server, clientId, clientSecret, undefined, {
      timeout: WITHIN_SECONDS,
      // Named by whoever starts the server: plain HTTP is for an issuer on the same machine.
      execute: server.protocol === 'http:' ? [openid.allowInsecureRequests] : [],
    });
  }

  return {
    async begin(back) {
      const flow = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        verifier: openid.randomPKCECodeVerifier(),
      };
      const address = openid.buildAuthorizationUrl(await configuration(), {
        redirect_uri: back,
        scope: scopes,
        state: flow.state,
        nonce: flow.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(flow.verifier),
        code_challenge_method: 'S256',
      });
      return { address: address.href, flow };
    },
    async finish(current, { state, nonce, verifier }) {
      const config = await configuration();
      const tokens = await openid.authorizationCodeGrant(config, current, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error('the issuer sent no identity');
      // Many issuers tell mail address and groups only when they are asked for them.
      const more = config.serverMetadata().userinfo_endpoint
        ? await openid.fetchUserInfo(config, tokens.access_token, claims.sub)
        : {};
      return { ...more, ...claims };
    },
    async endAddress() {
      const config = await configuration();
      return config.serverMetadata().end_session_endpoint ? openid.buildEndSessionUrl(config).href : null;
    },
  };
}
