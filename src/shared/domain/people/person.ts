import { z } from 'zod'

/** Roles of the house (SEC-1). */
export const RoleSchema = z.enum([
  'receivingClerk',
  'picker',
  'packer',
  'customerService',
  'buyer',
  'supervisor',
  'manager',
])
export type Role = z.infer<typeof RoleSchema>

/** A person who works here. The badge is kept as a hash, the PIN as the host's scrypt hash (SEC-2). */
export const PersonSchema = z.object({
  personId: z.string().min(1),
  name: z.string().min(1).max(60),
  roles: z.array(RoleSchema).min(1),
  badgeHash: z.string().min(1),
  pinHash: z.string().min(1),
  active: z.boolean(),
})
export type Person = z.infer<typeof PersonSchema>

/** A manager may do everything. */
export function mayAct(person: Person | null, role: Role): boolean {
  return person?.active === true && (person.roles.includes(role) || person.roles.includes('manager'))
}

/** The second signature of a goods-in note is a buyer's, a supervisor's or a manager's (RCV-7). */
export function mayCountersign(person: Person): boolean {
  return mayAct(person, 'buyer') || mayAct(person, 'supervisor')
}
