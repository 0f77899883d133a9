/** The operations that the filter offers; an address may name any other. */
export const OPERATIONS: readonly string[] = [
  "CREATE",
  "UPDATE",
  "DELETE",
  "ACTION",
  "LOGIN",
  "LOGOUT",
  "REGISTER",
  "CLIENT_LOGIN",
  "TOKEN_EXCHANGE",
  "UPDATE_PROFILE",
  "UPDATE_EMAIL",
  "UPDATE_CREDENTIAL",
  "REMOVE_CREDENTIAL",
  "RESET_PASSWORD",
  "VERIFY_EMAIL",
  "DELETE_ACCOUNT",
  "IMPERSONATE",
];

/** The types of resources that the filter offers; an address may name any other. */
export const RESOURCE_TYPES: readonly string[] = [
  "USER",
  "GROUP",
  "GROUP_MEMBERSHIP",
  "REALM_ROLE",
  "REALM_ROLE_MAPPING",
  "CLIENT",
  "CLIENT_ROLE",
  "CLIENT_ROLE_MAPPING",
  "CLIENT_SCOPE",
  "IDENTITY_PROVIDER",
  "COMPONENT",
  "AUTH_FLOW",
  "ORGANIZATION",
  "REALM",
];
