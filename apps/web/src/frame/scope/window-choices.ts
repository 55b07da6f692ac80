// The windows that the menu offers, shortest first.

export const WINDOW_CHOICES = ['30s', '1m', '2m', '5m', '10m', '30m', '1h', '6h', '24h'] as const;
