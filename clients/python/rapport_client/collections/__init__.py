"""Made by toolchain.client from the description of the API; changes are lost."""
