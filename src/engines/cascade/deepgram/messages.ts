import { z } from 'zod'

/** Both versions say `Error`; v1 names a `variant`, v2 a `code`. What follows in words is for people. */
export const providerError = z.object({
  type: z.literal('Error'),
  code: z.string().nullish(),
  variant: z.string().nullish(),
  description: z.string().nullish(),
})

export type ProviderErrorMessage = z.infer<typeof providerError>
