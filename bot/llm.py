"""The only client of a language model: optional, and it may rewrite but never state."""

from bot.errors import BotError, SettingError


class ChatModel:
    """The `LanguageModel` port over any provider LangChain knows ("provider:model")."""

    def __init__(self, name: str) -> None:
        from langchain.chat_models import init_chat_model

        try:
            self._model = init_chat_model(name, temperature=0, timeout=20)
        except (ImportError, ValueError) as error:
            raise SettingError(f"LLM_MODEL: {error}. Put provider:model, or leave it empty.") from error

    def complete(self, instruction: str, text: str) -> str:
        """The model's words for `text`; raises BotError when it is out of reach."""
        try:
            reply = self._model.invoke([("system", instruction), ("human", text)])
        except Exception as error:
            raise BotError(f"the language model did not answer ({type(error).__name__})") from error
        return str(reply.content)
