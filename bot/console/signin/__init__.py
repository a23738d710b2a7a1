"""How staff prove who they are: invitations, passwords with codes, passkeys, and single sign-on."""
